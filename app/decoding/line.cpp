// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/line.h"

#include <algorithm>

namespace vitrine::decoding {
namespace {

constexpr auto kVersion = QDataStream::Qt_6_4;
constexpr int kRgb32Bytes = 4; // QImage::Format_RGB32, the only one that goes over the line

} // namespace

LineWriter::LineWriter(Tray* tray) : m_tray(tray)
{
    m_stream.setVersion(kVersion);
}

void LineWriter::putLarge(QByteArrayView bytes)
{
    qint64 start = 0;
    if (!bytes.isEmpty() && m_outcome) {
        const auto place = m_tray ? m_tray->put(bytes) : failure(ErrorKind::Internal);
        if (place)
            start = *place;
        else
            m_outcome = failure(place.error());
    }
    m_stream << start << qint64(bytes.size());
}

void LineWriter::put(QImage& image)
{
    if (image.format() != QImage::Format_RGB32 && !image.isNull())
        image.convertTo(QImage::Format_RGB32);
    m_stream << qint32(image.width()) << qint32(image.height());
    putLarge(QByteArrayView(image.constBits(), image.sizeInBytes()));
}

LineReader::LineReader(const QByteArray& text, Tray* tray, qint64 most)
    : m_stream(text), m_tray(tray), m_mostLeft(most)
{
    m_stream.setVersion(kVersion);
}

int LineReader::number(int last)
{
    qint32 value = -1;
    m_stream >> value;
    const bool isGood = value >= 0 && value <= last;
    m_isGood = m_isGood && isGood;
    return isGood ? value : 0;
}

/// Empty, too, for a place that is none, and for more than may be taken: that spoils the line.
QByteArrayView LineReader::large()
{
    qint64 start = 0;
    qint64 size = 0;
    m_stream >> start >> size;
    if (size == 0)
        return {};
    const bool isTooMuch = size > m_mostLeft;
    const auto seen = m_tray && !isTooMuch ? m_tray->at(start, size) : std::nullopt;
    m_isGood = m_isGood && seen;
    m_mostLeft -= seen ? size : 0;
    return seen.value_or(QByteArrayView());
}

void LineReader::take(QByteArray& bytes)
{
    bytes = large().toByteArray();
}

void LineReader::take(QImage& image)
{
    qint32 width = 0;
    qint32 height = 0;
    m_stream >> width >> height;
    const QByteArrayView pixels = large();
    const bool isRight = width >= 0 && height >= 0 && width <= INT_MAX / kRgb32Bytes &&
                         pixels.size() == qint64(width) * kRgb32Bytes * height;
    m_isGood = m_isGood && isRight;
    if (!isRight || pixels.isEmpty())
        return;
    image = QImage(width, height, QImage::Format_RGB32);
    m_isGood = m_isGood && !image.isNull();
    if (!image.isNull())
        std::copy(pixels.begin(), pixels.end(), reinterpret_cast<char*>(image.bits()));
}

} // namespace vitrine::decoding
