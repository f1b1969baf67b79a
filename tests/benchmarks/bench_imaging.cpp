// SPDX-License-Identifier: GPL-3.0-or-later
// What the variants of a photograph cost, held against the least that any thumbnail can: decoding
// the same bytes at 1/8 with bare libjpeg.
#include "app/imaging/variants.h"
#include "tests/benchmarks/report.h"
#include "tests/support/pictures.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QImageWriter>

#include <jpeglib.h>

#include <cstdio> // jpeglib.h needs FILE and does not include it
#include <cstdlib>
#include <vector>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kRounds = 11;

struct Photo {
    QString name;
    QByteArray bytes;
};

/// A photograph of Debian's mate-backgrounds; with none installed, a drawn picture.
QImage original()
{
    QImageReader reader(u"/usr/share/backgrounds/mate/abstract/Elephants_5640x3172.jpg"_s);
    reader.setAllocationLimit(0);
    const QImage photo = reader.read();
    return photo.isNull() ? test::picture({5640, 3172}) : photo;
}

QByteArray encoded(const QImage& image, bool isProgressive)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(90);
    writer.setProgressiveScanWrite(isProgressive);
    writer.write(image);
    return bytes;
}

QList<Photo> photos()
{
    const QImage source = original();
    const auto sized = [&](int width) {
        return source.scaledToWidth(width, Qt::SmoothTransformation);
    };
    return {{u"12 MP"_s, encoded(sized(4619), false)},
            {u"24 MP"_s, encoded(sized(6532), false)},
            {u"16 MP progressive"_s, encoded(sized(5333), true)}};
}

void decodeAtOneEighth(const QByteArray& bytes)
{
    jpeg_decompress_struct decoder{};
    jpeg_error_mgr errors{};
    decoder.err = jpeg_std_error(&errors); // ends the program on an error: these bytes are our own
    jpeg_create_decompress(&decoder);
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(bytes.constData()),
                 static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&decoder, TRUE);
    decoder.scale_num = 1;
    decoder.scale_denom = 8;
    jpeg_start_decompress(&decoder);
    std::vector<unsigned char> row(decoder.output_width * 3);
    unsigned char* rows[] = {row.data()};
    while (decoder.output_scanline < decoder.output_height)
        jpeg_read_scanlines(&decoder, rows, 1);
    jpeg_finish_decompress(&decoder);
    jpeg_destroy_decompress(&decoder);
}

void make(const QByteArray& bytes, const imaging::Wanted& wanted)
{
    const auto variants = imaging::makeVariants(bytes, wanted, imaging::Limits{});
    if (!variants) {
        std::fputs("A picture of the benchmark's own could not be decoded.\n", stderr);
        std::exit(EXIT_FAILURE);
    }
    for (const QImage& image : {variants->preview, variants->blurred, variants->highres}) {
        if (!image.isNull())
            imaging::encodeJpeg(image);
    }
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    bench::Report report(u"imaging"_s, application.arguments().contains("--json"_L1));
    const QString limit = u"libjpeg decode at 1/8"_s;
    const imaging::Wanted previewOnly{.preview = true};
    const imaging::Wanted allThree{.preview = true, .blurred = true, .highres = true};

    for (const Photo& photo : photos()) {
        const auto decode = [&] { decodeAtOneEighth(photo.bytes); };
        report.add(bench::compareCpu(
            u"preview, encoded, "_s + photo.name, [&] { make(photo.bytes, previewOnly); }, limit,
            decode, kRounds));
        report.add(bench::compareCpu(
            u"preview, blurred, highres, encoded, "_s + photo.name,
            [&] { make(photo.bytes, allThree); }, limit, decode, kRounds));
    }
    return EXIT_SUCCESS;
}
