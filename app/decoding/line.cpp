// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/line.h"

#include "app/base/file.h"

#include <sys/stat.h>

namespace vitrine::decoding {
namespace {

constexpr auto kVersion = QDataStream::Qt_6_4;
constexpr int kBytesPerPixel = 4; // QImage::Format_RGB32, the only one that goes over the line

/// Of a file that nobody can change any more; 0 for any other.
qint64 sealedSize(const Descriptor& file)
{
    struct stat status = {};
    if (!file.isOpen() || !isSealed(file.number()) || ::fstat(file.number(), &status) != 0)
        return 0;
    return status.st_size;
}

} // namespace

LineWriter::LineWriter()
{
    m_stream.setVersion(kVersion);
}

void LineWriter::putLarge(QByteArrayView bytes)
{
    qint64 start = 0;
    if (!bytes.isEmpty() && !m_error) {
        if (!m_file) {
            auto made = MemoryFile::make();
            if (made)
                m_file = *std::move(made);
            else
                m_error = made.error();
        }
        const auto place = m_file ? m_file->append(bytes) : Result<qint64>(0);
        if (place)
            start = *place;
        else
            m_error = place.error();
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

Result<std::optional<MemoryFile>> LineWriter::file()
{
    if (m_error)
        return failure(*m_error);
    if (m_file) {
        if (auto sealed = m_file->seal(); !sealed)
            return failure(sealed.error());
    }
    return std::move(m_file);
}

LineReader::LineReader(const QByteArray& text, const Descriptor& file)
    : m_stream(text), m_file(file.number()), m_fileSize(sealedSize(file))
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

LineReader::Place LineReader::large()
{
    Place place;
    m_stream >> place.start >> place.size;
    if (place.size == 0)
        return {};
    const auto [start, size] = place;
    const bool isInside =
        start >= 0 && size > 0 && start <= m_fileSize && size <= m_fileSize - start;
    m_isGood = m_isGood && isInside;
    return isInside ? place : Place();
}

// Read, not mapped: to touch 4 KiB of another process's memory for the first time takes longer than
// to have the kernel copy them.
void LineReader::copy(const Place& place, char* to)
{
    m_isGood = m_isGood && to && readAt(m_file, place.start, to, place.size);
}

void LineReader::take(QByteArray& bytes)
{
    const Place place = large();
    bytes = QByteArray(place.size, Qt::Uninitialized);
    if (place.size > 0)
        copy(place, bytes.data());
}

void LineReader::take(QImage& image)
{
    qint32 width = 0;
    qint32 height = 0;
    m_stream >> width >> height;
    const Place pixels = large();
    const bool isRight = width >= 0 && height >= 0 && width <= INT_MAX / kBytesPerPixel &&
                         pixels.size == qint64(width) * kBytesPerPixel * height;
    m_isGood = m_isGood && isRight;
    if (!isRight || pixels.size == 0)
        return;
    image = QImage(width, height, QImage::Format_RGB32);
    copy(pixels, reinterpret_cast<char*>(image.bits()));
}

} // namespace vitrine::decoding
