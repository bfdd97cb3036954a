#!/usr/bin/python3
"""What hosts say first in conversations of text: FTP, SSH, telnet, SMTP and syslog."""
from hosts import AXIS, HIKVISION, PRINTER, RECORDER, ROUTER, add_conversation, unicast, wire, write

D_LINK = ("b0:c5:54:00:00:01", "10.10.10.81")
MAILER = ("14:18:77:00:00:25", "10.10.10.25")


def spoken(client, server, port, *words, client_port=40000):
    """Words in turn, the server's first; "" keeps a side silent."""
    conversation = wire.Conversation(client[1], client_port, server[1], port)
    for at, octets in enumerate(words):
        if octets:
            conversation.say(1 - at % 2, octets)
    return conversation.close()


def ftp():
    capture = wire.Pcap()
    for number, (server, greeting) in enumerate((
            (AXIS, b"220 AXIS P1346 Network Camera 5.50 (2014) ready.\r\n"),
            (D_LINK, b"220-\r\n220 cam1 DCS-2100 FTP server ready.\r\n"),
            (PRINTER, b"220---------- Welcome to Pure-FTPd ----------\r\n220-Local time is now 13:33.\r\n"
                      b"220 You will be disconnected after 15 minutes.\r\n"))):
        add_conversation(capture, RECORDER, server, spoken(
            RECORDER, server, 21, greeting, b"USER operator\r\n", b"331 Password required.\r\n", b"PASS secret\r\n",
            client_port=40000 + number))
    return capture.pcap()


def ssh():
    capture = wire.Pcap()
    add_conversation(capture, RECORDER, AXIS, spoken(RECORDER, AXIS, 22, b"SSH-2.0-dropbear_2019.78\r\n",
                                                     b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))
    return capture.pcap()


def telnet():
    capture = wire.Pcap()
    wishes = bytes.fromhex("fffd01fffd1ffffb01fffb03")
    answers = bytes.fromhex("fffc01fffb1ffffa1f00500018fff0fffd01fffd03")
    for number, (server, text) in enumerate(((HIKVISION, b"\r\n192.0.0.64 login: "),
                                             (ROUTER, b"\r\nUser Access Verification\r\n\r\nUsername: "))):
        add_conversation(capture, RECORDER, server, spoken(
            RECORDER, server, 23, wishes, answers, text, b"operator\r\n", b"operator\r\nPassword: ", b"secret\r\n",
            client_port=40000 + number))
    return capture.pcap()


def mail(client, hello, *headers, text="A picture is attached."):
    body = "\r\n".join([*headers, "", text, ".", ""]).encode()
    return spoken(client, MAILER, 25, b"220 mail.example.com ESMTP Postfix\r\n", f"EHLO {hello}\r\n".encode(),
                  b"250-mail.example.com\r\n250 AUTH LOGIN\r\n", b"AUTH LOGIN\r\nb3BlcmF0b3I=\r\nc2VjcmV0\r\n", b"235 ok\r\n",
                  b"MAIL FROM:<cam@example.com>\r\nRCPT TO:<guard@example.com>\r\nDATA\r\n", b"354 go on\r\n", body)


def smtp():
    capture = wire.Pcap()
    add_conversation(capture, HIKVISION, MAILER, mail(
        HIKVISION, "IPC", "From: IPC <cam@example.com>", "To: Guard <guard@example.com>",
        "Subject: Embedded Net DVR: Motion Detected On Channel D1", "X-Mailer: Embedded Mailer 1.0"))
    # A person's mail, and one that is passed on: of both the writing is nobody's business.
    add_conversation(capture, RECORDER, MAILER, mail(
        RECORDER, "[10.10.10.2]", "From: A Person <person@example.com>", "Subject: Lunch on Friday", "X-Mailer: Desktop 7"))
    add_conversation(capture, ROUTER, MAILER, mail(
        ROUTER, "relay.example.com", "Received: from cam by relay", "Subject: IPC alarm", "X-Mailer: Embedded Mailer 1.0"))
    return capture.pcap()


def syslog():
    capture = wire.Pcap()
    for sender, text in (
            (AXIS, "<30>Sep 21 12:00:00 axis-accc8e112233 systemd[1]: Started Network Time Service for 10.10.10.1"),
            (HIKVISION, "<13>1 2026-09-21T12:00:01Z ipcam-7 davinci 71 - - Video loss on channel 3"),
            (D_LINK, "<6>Jan  1 00:00:09 kernel: eth0: link up, 100Mbps"),
            (PRINTER, "<14>Sep 21 12:00:03 10.10.10.31 printd: Paper jam in tray 2"),  # another's words
            (RECORDER, "<38>Sep 21 12:00:04 desk-2 sshd[99]: Failed password for person from 10.10.10.7 port 9"),
            (PRINTER, "no priority, no syslog")):
        capture.add(unicast(sender, MAILER, 514, 514, text.encode()))
    return capture.pcap()


def captures():
    return [("ftp.pcap", ftp()), ("ssh.pcap", ssh()), ("telnet.pcap", telnet()), ("smtp.pcap", smtp()),
            ("syslog.pcap", syslog())]


if __name__ == "__main__":
    write(captures())
