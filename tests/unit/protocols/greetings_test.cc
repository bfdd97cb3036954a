// FTP, SSH, telnet, SMTP and syslog: what is told, and above all what is not.

#include <gtest/gtest.h>

#include "protocols/greeting.h"
#include "unit/protocols/recorder.h"

namespace camwarden {
namespace {

using namespace std::string_literals;

Recorder read(std::string_view name, const std::string& bytes, std::size_t step = SIZE_MAX) {
  return read_stream(name, packet_from_device(), bytes, step).recorder;
}
Guess guess(std::string_view name, std::string_view bytes) {
  return protocol(name).recognise(as_bytes(bytes));
}
Recorder logged(const std::string& text) {
  return read_datagram("syslog", packet_from_device(text));
}

TEST(FirstWords, StopAtWhatIsNoWord) {
  EXPECT_EQ(first_words("Motion Detected On Channel D1", 6), "Motion Detected On Channel");
  EXPECT_EQ(first_words("link up, 100Mbps", 3), "link up");
  EXPECT_EQ(first_words("Failed password for person", 3), "Failed password for");
  EXPECT_EQ(first_words("GET /secret", 3), "GET");
  EXPECT_EQ(first_words("192.0.2.1 said", 3), "");
  EXPECT_EQ(first_words("user@example", 3), "");
  EXPECT_EQ(first_words("", 3), "");
}

TEST(Ftp, GreetingIsTold) {
  const auto said = read("ftp", "220 AXIS 205 Network Camera version 4.05 ready.\r\n", 5);
  EXPECT_EQ(said.value("ftp.banner"), "AXIS 205 Network Camera version 4.05 ready.");
  EXPECT_EQ(said.who("ftp.banner").ip, ip(kDeviceIp));
}

TEST(Ftp, LinesOfAGreetingAreJoined) {
  const auto said =
      read("ftp", "220-Welcome\r\n to this\r\n220-place\r\n220 ready\r\n331 more\r\n");
  EXPECT_EQ(said.value("ftp.banner"), "Welcome to this place ready");
}

TEST(Ftp, GreetingWithoutEndIsCut) {
  std::string bytes;
  while (bytes.size() < 9000) bytes += "220-on and on\r\n";
  EXPECT_LE(read("ftp", bytes).value("ftp.banner").size(), kMaxValueBytes);
}

TEST(Ftp, ClientIsNotRead) { EXPECT_EQ(guess("ftp", "USER operator\r\n"), Guess::no); }

TEST(Ftp, CodeAloneDecidesNothing) {
  EXPECT_EQ(guess("ftp", "22"), Guess::maybe);
  EXPECT_EQ(guess("ftp", "220 AXIS"), Guess::maybe);
  EXPECT_EQ(guess("ftp", "2201"), Guess::no);
  EXPECT_EQ(guess("ftp", "331 Password"), Guess::no);
}

TEST(Smtp, MailServersAreToldFromFileServers) {
  EXPECT_EQ(guess("smtp", "220 mail.example.com ESMTP\r\n"), Guess::yes);
  EXPECT_EQ(guess("smtp", "220 mailbox FTP server ready\r\n"), Guess::no);
  EXPECT_EQ(guess("smtp", "220 ready\r\n"), Guess::no);
  EXPECT_EQ(guess("smtp", "EHLO x"), Guess::yes);
  EXPECT_EQ(guess("smtp", "EH"), Guess::maybe);
}

constexpr std::string_view kAlarm =
    "EHLO IPC\r\nMAIL FROM:<a@example.com>\r\nDATA\r\n"
    "From: \"IPCamera\" <a@example.com>\r\nSubject: Motion detected at 12:00\r\nX-Mailer: M "
    "1\r\n\r\n"
    "Subject: not this\r\n";

TEST(Smtp, DevicesMailIsTold) {
  for (const std::size_t step : {SIZE_MAX, std::size_t{3}}) {
    const auto said = read("smtp", std::string(kAlarm), step);
    EXPECT_EQ(said.value("smtp.helo"), "IPC");
    EXPECT_EQ(said.value("smtp.subject"), "Motion detected at");
    EXPECT_EQ(said.value("smtp.from"), "IPCamera");
    EXPECT_EQ(said.value("smtp.mailer"), "M 1");
    EXPECT_EQ(said.values("smtp.subject").size(), 1U);
  }
}

TEST(Smtp, PeoplesMailIsNotTold) {
  const auto said =
      read("smtp", "HELO pc\r\nDATA\r\nFrom: A Person <p@x>\r\nSubject: Lunch\r\n\r\n");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Smtp, MailPassedOnIsNotItsSenders) {
  const auto said =
      read("smtp",
           "HELO relay\r\nDATA\r\nReceived: from x\r\nSubject: IPC alarm\r\nX-Mailer: M\r\n\r\n");
  EXPECT_EQ(said.facts.size(), 1U);
}

TEST(Smtp, NothingIsReadBehindStarttls) {
  const auto run = read_stream("smtp", packet_from_device(), "EHLO a\r\nSTARTTLS\r\nEHLO b\r\n");
  EXPECT_EQ(run.verdict, Progress::done);
  EXPECT_EQ(run.recorder.values("smtp.helo").size(), 1U);
}

TEST(Ssh, SoftwareIsTold) {
  EXPECT_EQ(read("ssh", "SSH-2.0-dropbear_0.52 x\r\nbinary").value("ssh.banner"),
            "dropbear_0.52 x");
  EXPECT_EQ(read("ssh", "SSH-1.99-Cisco-1.25\n", 2).value("ssh.banner"), "Cisco-1.25");
  EXPECT_FALSE(read("ssh", "SSH-\r\n").said("ssh.banner"));
}

TEST(Telnet, TextUpToThePromptIsTold) {
  const auto bytes =
      "\xff\xfd\x01\xff\xfb\x03\xff\xfa\x18\x01\xff\xf0\r\n192.0.0.64 login: joe\r\n"s;
  for (const std::size_t step : {SIZE_MAX, std::size_t{1}}) {
    EXPECT_EQ(read("telnet", bytes, step).value("telnet.banner"), "192.0.0.64 login:");
  }
}

TEST(Telnet, WhatAPersonTypesIsNotTold) {
  EXPECT_TRUE(read("telnet", "\xff\xfb\x18operator\r\nsecret\r\nls\r\n"s).facts.empty());
}

TEST(Telnet, OtherBytesThatBeginAlikeAreNotTelnet) {
  EXPECT_EQ(guess("telnet", "\xff\xfb\x90\x64"s), Guess::no);  // an MP3 frame
  EXPECT_EQ(guess("telnet", "\xff\x00\x00\x00"s), Guess::no);
  EXPECT_EQ(guess("telnet", "\xff"s), Guess::maybe);
}

TEST(Syslog, BothFormsAreRead) {
  const auto older = logged("<30>Sep 21 12:00:00 cam-1 app[9]: Motion started, 3 times");
  EXPECT_EQ(older.value("syslog.hostname"), "cam-1");
  EXPECT_EQ(older.value("syslog.app_name"), "app");
  EXPECT_EQ(older.value("syslog.text"), "Motion started");
  const auto newer = logged("<165>1 2026-09-21T12:00:00Z cam-2 app 7 ID - Video loss");
  EXPECT_EQ(newer.value("syslog.hostname"), "cam-2");
  EXPECT_EQ(newer.value("syslog.text"), "Video loss");
}

TEST(Syslog, SmallSystemsLeaveOutTheirName) {
  const auto said = logged("<6>Jan  1 00:00:09 kernel: link up");
  EXPECT_FALSE(said.said("syslog.hostname"));
  EXPECT_EQ(said.value("syslog.app_name"), "kernel");
}

TEST(Syslog, WhatIsLoggedOfPeopleIsNotTold) {
  const auto said = logged("<85>Sep 21 12:00:00 desk sudo: person : TTY=pts/0");
  EXPECT_EQ(said.value("syslog.app_name"), "sudo");
  EXPECT_FALSE(said.said("syslog.text"));
}

TEST(Syslog, AnotherHostsWordsAreNotTold) {
  EXPECT_TRUE(logged("<6>Jan  1 00:00:09 198.51.100.9 app: x").facts.empty());
  EXPECT_TRUE(logged("<6>Jan  1 00:00:09 "s + std::string(kDeviceIp) + " app: word")
                  .said("syslog.app_name"));
}

// A relay that keeps the names passes its senders' messages on as if they were its own.
TEST(Syslog, AllOfItIsHearsay) {
  for (const auto* field : protocol("syslog").fields) EXPECT_TRUE(field->hearsay) << field->name;
}

TEST(Syslog, WithoutPriorityItIsNotSyslog) {
  EXPECT_TRUE(logged("hello").facts.empty());
  EXPECT_TRUE(logged("<1234>x y: z").facts.empty());
  EXPECT_TRUE(logged("<>x y: z").facts.empty());
}

}  // namespace
}  // namespace camwarden
