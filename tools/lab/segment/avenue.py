"""Devices on IPv6 alone: each a namespace with a kernel of its own to answer neighbour discovery and echo requests."""
import bystanders
import china
import world

PREFIX = "2001:db8:77::"


def everyone():
    chosen = [one for one in china.cameras() + world.cameras() + bystanders.hosts()
              if one.name in ("hikvision-recorder", "axis", "printer")]
    for one in chosen:
        one.address, one.udp = PREFIX + one.address.rpartition(".")[2], []
    return chosen
