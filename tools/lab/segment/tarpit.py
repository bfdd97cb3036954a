"""One machine that answers for every free address of a /24, accepts all connections and never says a word."""
import bystanders
import china
from dweller import Dweller
from voices import Tarpit

MAC = "52:54:00:66:66:66"
PORTS = (80, 81, 88, 443, 554, 5000, 8000, 8080, 8443, 8554, 8899, 9000, 34567, 37777, 49152)


def everyone():
    """The trap has no address of its own: it listens on all that nobody else has."""
    trap = Dweller("trap", MAC, "0.0.0.0", tcp={port: Tarpit() for port in PORTS})
    return [bystanders.router(), trap, *[one for one in china.cameras() if one.name in ("hikvision", "dahua")]]
