"""A /24 as it is found: 20 cameras and recorders of 16 makers, and a dozen hosts that are none."""
import bystanders
import china
import world


def everyone():
    return bystanders.hosts() + china.cameras() + world.cameras()
