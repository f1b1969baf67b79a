// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pictures.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QRandomGenerator>
#include <QtEndian>

namespace vitrine::test {
namespace {

QByteArray encoded(const QImage& image, const char* format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format, quality))
        qFatal("a test picture could not be encoded");
    return bytes;
}

template <typename Integer>
void append(QByteArray& bytes, Integer value)
{
    const Integer big = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char*>(&big), sizeof big);
}

void appendEntry(QByteArray& tiff, quint16 tag, quint16 type, quint32 count, quint32 value)
{
    append(tiff, tag);
    append(tiff, type);
    append(tiff, count);
    append(tiff, value);
}

} // namespace

QImage picture(QSize size, int seed)
{
    QImage image(size, QImage::Format_RGB32);
    QRandomGenerator random{quint32(seed)};
    QPainter painter(&image);
    QLinearGradient sky(0, 0, size.width(), size.height());
    sky.setColorAt(0, QColor::fromHsv(int(random.bounded(360)), 160, 230));
    sky.setColorAt(1, QColor::fromHsv(int(random.bounded(360)), 200, 120));
    painter.fillRect(image.rect(), sky);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < 12; ++i) {
        painter.setBrush(QColor::fromHsv(int(random.bounded(360)), 180, 200));
        const double radius = size.width() * (0.03 + random.generateDouble() / 8);
        painter.drawEllipse(QPointF(random.generateDouble() * size.width(),
                                    random.generateDouble() * size.height()),
                            radius, radius);
    }
    return image;
}

QByteArray jpeg(const QImage& image, int quality)
{
    return encoded(image, "JPEG", quality);
}

QByteArray png(const QImage& image)
{
    return encoded(image, "PNG", -1);
}

QByteArray withExif(const QByteArray& jpeg, int orientation, bool withSecrets)
{
    constexpr quint16 shortType = 3, asciiType = 2, longType = 4, rationalType = 5;
    QByteArray tiff("MM\0*\0\0\0\x08", 8);
    const quint16 entries = withSecrets ? 4 : 1;
    const quint32 dataStart = 8 + 2 + entries * 12 + 4;
    append(tiff, entries);
    if (withSecrets)
        appendEntry(tiff, 0x010e, asciiType, 20, dataStart); // ImageDescription
    appendEntry(tiff, 0x0112, shortType, 1, quint32(orientation) << 16);
    if (withSecrets) {
        appendEntry(tiff, 0x8825, longType, 1, dataStart + 40);   // GPS directory
        appendEntry(tiff, 0xc62f, asciiType, 20, dataStart + 20); // CameraSerialNumber
    }
    append(tiff, quint32(0)); // no second directory
    if (withSecrets) {
        tiff += QByteArray("A boat in a harbour").leftJustified(20, '\0');
        tiff += QByteArray("SERIAL-12345-SECRET").leftJustified(20, '\0');
        append(tiff, quint16(2)); // GPS: latitude reference and latitude
        appendEntry(tiff, 0x0001, asciiType, 2, quint32('N') << 24);
        appendEntry(tiff, 0x0002, rationalType, 3, dataStart + 40 + 2 + 24 + 4);
        append(tiff, quint32(0));
        for (const quint32 part : {48u, 1u, 51u, 1u, 30u, 1u})
            append(tiff, part);
    }
    QByteArray segment("\xff\xe1", 2);
    append(segment, quint16(2 + 6 + tiff.size()));
    segment += QByteArray("Exif\0\0", 6) + tiff;
    return jpeg.left(2) + segment + jpeg.mid(2);
}

QString writeTo(const QString& directory, const QString& name, const QByteArray& bytes)
{
    const QString path = directory + u'/' + name;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("a test file could not be written");
    return path;
}

} // namespace vitrine::test
