// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/contenders.h"

#include "app/imaging/pipeline/makevariants.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>

#include <jpeglib.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdio> // jpeglib.h needs FILE and does not include it
#include <vector>

namespace vitrine::bench {

using namespace imaging;

namespace {

Variants made(QByteArrayView jpeg, const Wanted& wanted)
{
    auto variants = makeVariants(jpeg, wanted, Limits{});
    if (!variants)
        qFatal("a picture of the benchmark's own could not be decoded");
    return *std::move(variants);
}

cv::Mat readFitting(const QString& path, int side)
{
    const cv::Mat image = cv::imread(QFile::encodeName(path).toStdString());
    const double factor = std::min(1.0, double(side) / std::max(image.cols, image.rows));
    cv::Mat small;
    cv::resize(image, small, {}, factor, factor, cv::INTER_AREA);
    return small;
}

QByteArray encoded(const cv::Mat& image)
{
    std::vector<uchar> bytes;
    cv::imencode(".jpg", image, bytes, {cv::IMWRITE_JPEG_QUALITY, kJpegQuality});
    return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
}

} // namespace

QByteArray ourPreview(QByteArrayView jpeg, Scaling scaling)
{
    return encodeJpeg(made(jpeg, {.preview = true, .scaling = scaling}).preview);
}

ThreeJpegs ourThree(QByteArrayView jpeg)
{
    const Variants all = made(jpeg, {.preview = true, .blurred = true, .highres = true});
    return {encodeJpeg(all.preview), encodeJpeg(all.blurred), encodeJpeg(all.highres)};
}

void bareDecode(QByteArrayView jpeg)
{
    jpeg_decompress_struct decoder{};
    jpeg_error_mgr errors{};
    decoder.err = jpeg_std_error(&errors); // ends the program on an error
    jpeg_create_decompress(&decoder);
    jpeg_mem_src(&decoder, reinterpret_cast<const unsigned char*>(jpeg.data()),
                 static_cast<unsigned long>(jpeg.size()));
    jpeg_read_header(&decoder, TRUE);
    decoder.scale_num = 1;
    decoder.scale_denom = 8;
    jpeg_start_decompress(&decoder);
    std::vector<unsigned char> row(size_t(decoder.output_width) * 3);
    unsigned char* rows[] = {row.data()};
    while (decoder.output_scanline < decoder.output_height)
        jpeg_read_scanlines(&decoder, rows, 1);
    jpeg_finish_decompress(&decoder);
    jpeg_destroy_decompress(&decoder);
}

QByteArray qtPreview(QByteArrayView jpeg)
{
    QByteArray copyless = QByteArray::fromRawData(jpeg.data(), jpeg.size());
    QBuffer buffer(&copyless);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "jpeg");
    reader.setScaledSize(reader.size().scaled(kPreviewSide, kPreviewSide, Qt::KeepAspectRatio));
    QByteArray bytes;
    QBuffer target(&bytes);
    QImageWriter writer(&target, "jpeg");
    writer.setQuality(kJpegQuality);
    writer.write(reader.read());
    return bytes;
}

QByteArray imreadPreview(const QString& path)
{
    return encoded(readFitting(path, kPreviewSide));
}

ThreeJpegs imreadThree(const QString& path)
{
    cv::Mat blurred;
    cv::GaussianBlur(readFitting(path, kPreviewSide), blurred, {}, kBlurSigma);
    return {imreadPreview(path), encoded(blurred), encoded(readFitting(path, kHighresSide))};
}

} // namespace vitrine::bench
