"""A camera that we did not write: GStreamer's RTSP server, with a Hikvision-like realm. See rtsp_test.py.

    rtsp_camera.py serve            streams a test picture on port 8554, behind a password
    rtsp_camera.py watch ADDRESS    logs in and plays it, until ten buffers came
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

REALM = "IP Camera(F5678)"


def serve(address="0.0.0.0", port="8554"):
    server = GstRtspServer.RTSPServer()
    server.set_address(address)
    server.set_service(port)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.set_realm(REALM)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest("viewer", "secret", token)
    server.set_auth(auth)
    factory = GstRtspServer.RTSPMediaFactory()
    # I420: without it the encoder and the source do not agree on a format and DESCRIBE hangs.
    factory.set_launch("( videotestsrc is-live=true ! video/x-raw,format=I420,width=320,height=240 ! jpegenc ! "
                       "rtpjpegpay name=pay0 )")
    factory.add_role_from_structure(role("viewer"))
    server.get_mount_points().add_factory("/stream", factory)
    server.attach(None)
    print("ready", flush=True)
    GLib.MainLoop().run()


def role(name):
    structure = Gst.Structure.new_empty(name)
    structure.set_value("media.factory.access", True)
    structure.set_value("media.factory.construct", True)
    return structure


def watch(address):
    player = Gst.parse_launch(f"rtspsrc location=rtsp://{address}:8554/stream user-id=viewer user-pw=secret "
                              "protocols=tcp ! fakesink num-buffers=10")
    player.set_state(Gst.State.PLAYING)
    message = player.get_bus().timed_pop_filtered(20 * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)
    player.set_state(Gst.State.NULL)
    if message is None or message.type == Gst.MessageType.ERROR:
        sys.exit(f"no stream: {message.parse_error() if message else 'timeout'}")


if __name__ == "__main__":
    Gst.init(None)
    serve(*sys.argv[2:]) if sys.argv[1] == "serve" else watch(sys.argv[2])
