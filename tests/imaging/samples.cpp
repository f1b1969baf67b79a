// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/samples.h"

#include <QBuffer>
#include <QImageIOHandler>
#include <QImageWriter>
#include <QPainter>
#include <QtEndian>

#include <cmath>

namespace vitrine::test {
namespace {

QByteArray encoded(const QImage& image, const char* format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format, 100))
        qFatal("a test picture could not be encoded");
    return bytes;
}

template <typename Integer>
QByteArray big(Integer value)
{
    const Integer swapped = qToBigEndian(value);
    return {reinterpret_cast<const char*>(&swapped), sizeof swapped};
}

template <typename Integer>
QByteArray little(Integer value)
{
    const Integer swapped = qToLittleEndian(value);
    return {reinterpret_cast<const char*>(&swapped), sizeof swapped};
}

quint32 crc32(const QByteArray& bytes)
{
    quint32 crc = 0xffffffff;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) ? 0xedb88320 : 0);
    }
    return ~crc;
}

QByteArray pngChunk(const QByteArray& type, const QByteArray& data)
{
    const QByteArray body = type + data;
    return big(quint32(data.size())) + body + big(crc32(body));
}

QByteArray riffChunk(const QByteArray& type, const QByteArray& data)
{
    return type + little(quint32(data.size())) + data + QByteArray(data.size() & 1, '\0');
}

/// Width and height as WebP's extended format has them: three bytes each, one less.
QByteArray sidesLessOne(QSize size)
{
    return little(quint32(size.width() - 1)).left(3) + little(quint32(size.height() - 1)).left(3);
}

QByteArray extendedWebP(const QByteArray& webp, QSize size, char flags, const QByteArray& chunks)
{
    return riffChunk("RIFF",
                     "WEBP" + riffChunk("VP8X", flags + QByteArray(3, '\0') + sidesLessOne(size)) +
                         webp.mid(12) + chunks);
}

/// 256 pixels of one colour, LZW with 2-bit literals: a clear code before every pixel keeps the
/// codes at three bits.
QByteArray flatFrame(int colour)
{
    constexpr int clear = 4, end = 5;
    QByteArray packed;
    quint32 pending = 0;
    int bits = 0;
    const auto put = [&](int code) {
        pending |= quint32(code) << bits;
        for (bits += 3; bits >= 8; bits -= 8, pending >>= 8)
            packed.append(char(pending & 0xff));
    };
    for (int i = 0; i < 256; ++i) {
        put(clear);
        put(colour);
    }
    put(end);
    packed.append(char(pending));
    QByteArray frame(",\0\0\0\0\x10\0\x10\0\0\x02", 11);
    for (qsizetype at = 0; at < packed.size(); at += 255) {
        const QByteArray block = packed.mid(at, 255);
        frame += char(block.size()) + block;
    }
    return frame + '\0';
}

} // namespace

QByteArray webp(const QImage& image)
{
    return encoded(image, "WEBP");
}
QByteArray bmp(const QImage& image)
{
    return encoded(image, "BMP");
}
QByteArray tiff(const QImage& image, int orientation)
{
    using Handler = QImageIOHandler;
    constexpr Handler::Transformation turns[] = {Handler::TransformationNone,
                                                 Handler::TransformationMirror,
                                                 Handler::TransformationRotate180,
                                                 Handler::TransformationFlip,
                                                 Handler::TransformationFlipAndRotate90,
                                                 Handler::TransformationRotate90,
                                                 Handler::TransformationMirrorAndRotate90,
                                                 Handler::TransformationRotate270};
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "tiff");
    writer.setTransformation(turns[orientation - 1]);
    if (!writer.write(image))
        qFatal("a test picture could not be encoded");
    return bytes;
}

QByteArray progressiveJpeg(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(90);
    writer.setProgressiveScanWrite(true);
    if (!writer.write(image))
        qFatal("a test picture could not be encoded");
    return bytes;
}

QByteArray gif(int frames)
{
    QByteArray bytes("GIF89a\x10\0\x10\0\x81\0\0", 13);
    bytes += QByteArray("\xff\0\0\0\xff\0\0\0\xff\xff\xff\0", 12);
    bytes += QByteArray("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19);
    bytes += QByteArray("!\xfe\x0eTaken at home!\0", 18);
    bytes += QByteArray("!\xff\x0bXMP DataXMP\x06SECRET\0", 22);
    for (int i = 0; i < frames; ++i)
        bytes += QByteArray("!\xf9\x04\0\x0a\0\0\0", 8) + flatFrame(i % 4);
    return bytes + ';';
}

QByteArray pngHeader(QSize size, int bits)
{
    const QByteArray header =
        big(quint32(size.width())) + big(quint32(size.height())) + char(bits) + QByteArray(4, '\0');
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + pngChunk("IHDR", header) +
           pngChunk("IDAT", "not really") + pngChunk("IEND", {});
}

QByteArray withChunk(const QByteArray& png, const QByteArray& type, const QByteArray& data)
{
    constexpr qsizetype headerEnd = 33;
    return png.left(headerEnd) + pngChunk(type, data) + png.mid(headerEnd);
}

QByteArray withIccChunk(const QByteArray& png, const QByteArray& profile)
{
    constexpr qsizetype qtHeader = 4; // qCompress() puts the length before the stream
    return withChunk(png, "iCCP", QByteArray("profile\0\0", 9) + qCompress(profile).mid(qtHeader));
}

QByteArray webpWithExif(const QByteArray& webp, QSize size, int orientation)
{
    return extendedWebP(webp, size, 0x0c,
                        riffChunk("EXIF", exifBlock(orientation)) +
                            riffChunk("XMP ", "<x:xmpmeta>SECRET</x:xmpmeta>"));
}

QByteArray webpWithChunk(const QByteArray& webp, QSize size, const QByteArray& type,
                         const QByteArray& data)
{
    return extendedWebP(webp, size, 0, riffChunk(type, data));
}

QByteArray animatedWebP(const QByteArray& webp, QSize size, int frames)
{
    const QByteArray sides = sidesLessOne(size);
    QByteArray list = "WEBP" + riffChunk("VP8X", QByteArray("\x02\0\0\0", 4) + sides) +
                      riffChunk("ANIM", QByteArray(6, '\0'));
    const QByteArray place(6, '\0'), duration("\x64\0\0", 3), flags(1, '\0');
    for (int i = 0; i < frames; ++i)
        list += riffChunk("ANMF", place + sides + duration + flags + webp.mid(12));
    return riffChunk("RIFF", list);
}

QByteArray withSegment(const QByteArray& jpeg, int marker, const QByteArray& payload)
{
    return jpeg.left(2) + '\xff' + char(marker) + big(quint16(payload.size() + 2)) + payload +
           jpeg.mid(2);
}

QByteArray exifBlock(int orientation, const QByteArray& thumbnail)
{
    const auto entry = [](quint16 tag, quint16 type, quint32 value) -> QByteArray {
        return big(tag) + big(type) + big(quint32(1)) + big(value);
    };
    constexpr quint16 shortType = 3, longType = 4;
    constexpr quint32 second = 26, data = second + 2 + 24 + 4;
    QByteArray block("MM\0*\0\0\0\x08", 8);
    block += big(quint16(1)) + entry(0x0112, shortType, quint32(orientation) << 16);
    block += big(thumbnail.isEmpty() ? quint32(0) : second);
    if (thumbnail.isEmpty())
        return block;
    block += big(quint16(2)) + entry(0x0201, longType, data) +
             entry(0x0202, longType, quint32(thumbnail.size())) + big(quint32(0));
    return block + thumbnail;
}

QImage quarters(QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    QPainter painter(&image);
    const int w = size.width() / 2, h = size.height() / 2;
    painter.fillRect(0, 0, w, h, Qt::red);
    painter.fillRect(w, 0, w, h, Qt::green);
    painter.fillRect(0, h, w, h, Qt::blue);
    painter.fillRect(w, h, w, h, Qt::yellow);
    return image;
}

int largestDifference(const QImage& a, const QImage& b)
{
    int largest = a.size() == b.size() ? 0 : 256;
    for (int y = 0; y < a.height() && largest < 256; ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            largest = std::max({largest, std::abs(qRed(p) - qRed(q)),
                                std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
        }
    }
    return largest;
}

double psnr(const QImage& a, const QImage& b)
{
    if (a.size() != b.size())
        return 0;
    double squares = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
            squares += std::pow(qRed(p) - qRed(q), 2) + std::pow(qGreen(p) - qGreen(q), 2) +
                       std::pow(qBlue(p) - qBlue(q), 2);
        }
    }
    const double mean = squares / (3.0 * a.width() * a.height());
    return mean > 0 ? 10 * std::log10(255 * 255 / mean) : 100;
}

} // namespace vitrine::test
