// Labelled rows: how they are read, what a message of each makes of a device, how labels judge it.
#include "app/evaluation/evaluation.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/config.h"
#include "app/evaluation/listener.h"
#include "protocols/protocol.h"

namespace camwarden {
namespace {

using testing::HasSubstr;

class EvaluationTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    words_ = new Vocabulary(vocabulary());
    Diagnostics diagnostics;
    knowledge_ = KnowledgeBase::load(default_fingerprints() + "/vendors", *words_, diagnostics);
    ASSERT_NE(knowledge_, nullptr) << diagnostics.to_string();
  }
  static void TearDownTestSuite() {
    knowledge_.reset();
    delete words_;
  }
  static Device heard(std::string_view field, std::string_view value) {
    const auto message = utterance_of(field, value);
    if (!message) return {};
    return Listener(*knowledge_).hear(*message).value_or(Device{});
  }
  static LabelledRow row(std::string field, std::string value, std::string label) {
    return {.line = 2,
            .field = std::move(field),
            .value = std::move(value),
            .label = std::move(label),
            .product = "",
            .kind = "camera"};
  }
  static Evaluation judged(const std::vector<LabelledRow>& rows) {
    return evaluate(rows, *knowledge_, *words_);
  }

  static Vocabulary* words_;
  static std::unique_ptr<KnowledgeBase> knowledge_;
};
Vocabulary* EvaluationTest::words_ = nullptr;
std::unique_ptr<KnowledgeBase> EvaluationTest::knowledge_;

class RowFile {
 public:
  explicit RowFile(const std::string& text) {
    path_ = testing::TempDir() + "rows-" + std::to_string(::getpid()) + ".tsv";
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~RowFile() { std::remove(path_.c_str()); }
  RowFile(const RowFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Rows, ReadPlainAndBase64InAnyOrderOfColumns) {
  const RowFile file(
      "enc\tfield\tvalue\tclass\tmaker_or_label\nplain\ta.b\tc d\tcamera\tAcme\n"
      "b64\ta.b\tYQBi/w==\n");
  Diagnostics diagnostics;
  const auto rows = read_rows(file.path(), diagnostics);
  EXPECT_TRUE(diagnostics.ok()) << diagnostics.to_string();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].value, "c d");
  EXPECT_EQ(rows[0].label, "Acme");
  EXPECT_EQ(rows[1].value, std::string("a\0b\xff", 4));
  EXPECT_EQ(rows[1].line, 3u);
}

TEST(Rows, SayWhatIsWrongAndWhere) {
  const RowFile file("field\tenc\tvalue\na.b\tb64\t!!\na.b\thex\t00\n");
  Diagnostics diagnostics;
  read_rows(file.path(), diagnostics);
  EXPECT_THAT(diagnostics.to_string(), HasSubstr(".tsv:2:1: the value is no base64"));
  EXPECT_THAT(diagnostics.to_string(), HasSubstr(".tsv:3:1: unknown enc \"hex\""));
}

TEST(Rows, NeedTheirColumns) {
  const RowFile file("field\tvalue\n");
  Diagnostics diagnostics;
  read_rows(file.path(), diagnostics);
  EXPECT_THAT(diagnostics.to_string(), HasSubstr("no column \"enc\""));
}

TEST_F(EvaluationTest, ValuesOfTextProtocolsReachTheirFingerprints) {
  EXPECT_EQ(heard("http.server", "App-webs/").maker, "Hikvision");
  EXPECT_EQ(heard("http.www_authenticate", "Digest realm=\"Login to 4K01FD2PAJ6E3FF\"").maker,
            "Dahua");
  EXPECT_EQ(heard("rtsp.realm", "IP Camera(C1234)").maker, "Hikvision");
  EXPECT_EQ(heard("rtsp.response.describe",
                  "RTSP/1.0 401 Unauthorized\nCSeq: 2\nWWW-Authenticate: Digest realm=\"IP "
                  "Camera(C1234)\"\n\n")
                .maker,
            "Hikvision");
}

TEST_F(EvaluationTest, ValuesOfOctetProtocolsReachTheirFingerprints) {
  const auto axis = heard("dhcp.vendor_class", "AXIS,Network Camera,M3045-V,6.53.1.2");
  EXPECT_EQ(axis.maker, "Axis");
  EXPECT_EQ(axis.firmware, "6.53.1.2");
  const auto known = [](std::string_view field, std::string_view value) {
    return !heard(field, value).evidence.empty();
  };
  EXPECT_TRUE(known("tls.subject", "CN=HIK,O=Hikvision,C=CN"));
  EXPECT_TRUE(known("snmp.sysobjid", ".1.3.6.1.4.1.39165.1.1"));
  EXPECT_TRUE(known("mdns.names", "cam.local,Cam._http._tcp.local"));
  EXPECT_TRUE(known("dhcp.option55", "1,3,6"));
}

// What the readers say of such a message besides that it was sent.
TEST_F(EvaluationTest, EveryKindOfOctetMessageIsReadByItsReader) {
  const auto fields = [](std::string_view field, std::string_view value) {
    std::string all;
    for (const auto& item : heard(field, value).evidence)
      all += item.field + "=" + item.value + "\n";
    return all;
  };
  EXPECT_THAT(fields("tls.subject", "CN=a\\,b,O=Org"), HasSubstr("tls.subject="));
  EXPECT_THAT(fields("tls.sni_sent", "dev.hik-connect.com"),
              HasSubstr("tls.sni=dev.hik-connect.com"));
  EXPECT_THAT(fields("snmp.sysdescr", "A camera"), HasSubstr("snmp.sysdescr=A camera"));
  EXPECT_THAT(fields("snmp.sysobjid", "1.3.6.1.4.1.39165.1.1"), HasSubstr("1.3.6.1.4.1.39165.1.1"));
  EXPECT_THAT(fields("mdns.txt", "model=X1"), HasSubstr("mdns.txt=_http._tcp model=X1"));
  EXPECT_THAT(fields("mdns.txt", "macaddress=ACCC8E112233"),
              HasSubstr("mdns.txt=_axis-video._tcp macaddress=ACCC8E112233"));
  EXPECT_THAT(fields("tplink.tdp", "{\"error_code\":0,\"result\":{\"device_model\":\"C100\"}}"),
              HasSubstr("tdp.model=C100"));
  EXPECT_THAT(fields("tplink.kasa", "{\"system\":{\"get_sysinfo\":{\"model\":\"KC100\"}}}"),
              HasSubstr("kasa.model=KC100"));
  EXPECT_THAT(fields("sip.user_agent", "Phone 1"), HasSubstr("sip.user_agent=Phone 1"));
  EXPECT_THAT(fields("ftp.banner", "Camera FTP"), HasSubstr("ftp.banner="));
  EXPECT_THAT(fields("ssdp.server", "Linux UPnP/1.0 X/1"),
              HasSubstr("ssdp.server=Linux UPnP/1.0 X/1"));
}

TEST_F(EvaluationTest, ABodyIsReadAsAToolKeptIt) {
  const std::string body = "root.Brand.Brand=AXIS\nroot.Brand.ProdShortName=AXIS M1065-L\n";
  for (const auto* header : {"Content-Length: 7", "Transfer-Encoding: chunked",
                             "Content-Encoding: gzip", "Content-Length: 700"}) {
    EXPECT_EQ(heard("http.headers", "HTTP/1.1 200 OK\r\n" + std::string(header) + "\r\n\r\n" + body)
                  .maker,
              "Axis")
        << header;
  }
  const auto coded =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
      "chunked\r\n\r\n15\r\nroot.Brand.Brand=AXIS\r\n0\r\n\r\n";
  EXPECT_EQ(heard("http.headers", coded).maker, "Axis");
}

TEST_F(EvaluationTest, AnswersOfVapixAreReadInEveryForm) {
  for (const auto* value :
       {R"({"data":{"propertyList":{"Brand":"AXIS","ProdShortName":"AXIS M1065-L"}}})",
        "root.Brand.Brand=AXIS\nroot.Brand.ProdShortName=AXIS M1065-L\n"}) {
    EXPECT_EQ(heard("vapix.answer", value).model, "AXIS M1065-L") << value;
  }
}

TEST_F(EvaluationTest, WhatHasNoMessageHasNone) {
  EXPECT_FALSE(utterance_of("vapix.answer", "printed").has_value());
  EXPECT_FALSE(utterance_of("tplink.tdp", "printed").has_value());
  EXPECT_FALSE(utterance_of("tls.jarm", "29d29d").has_value());
  EXPECT_FALSE(utterance_of("snmp.sysobjid", "enterprise").has_value());
  EXPECT_FALSE(utterance_of("isapi.deviceInfo", "{\"printed\": 1}").has_value());
}

TEST_F(EvaluationTest, ADocumentThatAProgramKeptIsReadAsItWasSent) {
  EXPECT_EQ(document_of(R"({"response": {"A": {"@version": "2.0", "b": "<1>", "c": {"d": "e"}}}})"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<A version=\"2.0\"><b>&lt;1></b></A>");
}

TEST_F(EvaluationTest, CountsRightWrongAndSilent) {
  const auto made = judged(
      {row("http.server", "App-webs/", "Hikvision"), row("http.server", "App-webs/", "Dahua"),
       row("http.server", "nothing known", "Dahua"), row("no.field", "x", "Dahua")});
  EXPECT_EQ(made.all.rows, 4u);
  EXPECT_EQ(made.all.right, 1u);
  EXPECT_EQ(made.all.wrong, 1u);
  EXPECT_EQ(made.all.silent, 2u);
  EXPECT_EQ(made.unread, 1u);
  EXPECT_EQ(made.by_maker.at("Dahua").rows, 3u);
  EXPECT_EQ(made.by_field.at("http.server").named, 2u);
  ASSERT_EQ(made.wrong.size(), 1u);
  EXPECT_EQ(made.wrong[0].device.maker, "Hikvision");
}

TEST_F(EvaluationTest, ReportsNameEachWrongAndEachSilentRow) {
  const std::vector<LabelledRow> rows{row("http.server", "App-webs/", "Dahua"),
                                      row("http.server", "nothing known", "Dahua")};
  const auto made = judged(rows);
  EXPECT_THAT(to_text(made), HasSubstr("2 rows: 1 named, 0 right (0.0 %), 1 wrong, 1 silent"));
  EXPECT_THAT(to_text(made), HasSubstr("\"nothing known\""));
  const auto object = to_json(made);
  EXPECT_EQ(object.at("wrong").as_array().size(), 1u);
  EXPECT_EQ(object.at("silent").as_array().at(0).at("line").as_uint64(), 2u);
}

TEST_F(EvaluationTest, OtherEquipmentThatIsCalledACameraIsCounted) {
  const std::vector<LabelledRow> rows{row("http.server", "App-webs/", ""),
                                      row("http.server", "nginx/1.22.1", "")};
  const auto made = count_negatives(rows, *knowledge_, *words_);
  EXPECT_EQ(made.rows, 2u);
  EXPECT_EQ(made.called.size(), 1u);
}

TEST_F(EvaluationTest, ALabelIsABrandAsOftenAsAMaker) {
  const Labels labels(*knowledge_);
  Device device;
  device.maker = "Dahua";
  EXPECT_EQ(labels.maker("Dahua Technology (Intelbras)", device), Judgement::right);
  EXPECT_EQ(labels.maker("Intelbras", device), Judgement::right);
  EXPECT_EQ(labels.brand("Intelbras", device), Judgement::silent);
  EXPECT_EQ(labels.maker("Axis", device), Judgement::wrong);
  EXPECT_EQ(labels.brand("Axis", device), Judgement::unjudged);
  device.brand = "Intelbras";
  EXPECT_EQ(labels.brand("intelbras", device), Judgement::right);
  EXPECT_EQ(labels.brand("Dahua", device), Judgement::right);
  EXPECT_EQ(labels.brand("Axis", device), Judgement::wrong);
  EXPECT_EQ(labels.maker("", device), Judgement::unjudged);
}

TEST_F(EvaluationTest, AModelIsRightWhenOneHoldsTheOther) {
  Device device;
  EXPECT_EQ(Labels::model("M3045-V", device), Judgement::silent);
  device.model = "AXIS M3045-V";
  EXPECT_EQ(Labels::model("M3045-V", device), Judgement::right);
  EXPECT_EQ(Labels::model("P1445", device), Judgement::wrong);
  EXPECT_EQ(Labels::model("", device), Judgement::unjudged);
}

}  // namespace
}  // namespace camwarden
