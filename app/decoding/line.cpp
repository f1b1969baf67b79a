// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/line.h"

#include <sys/stat.h>

namespace vitrine::decoding {
namespace {

constexpr auto kVersion = QDataStream::Qt_6_4;
constexpr int kBytesPerPixel = 4; // QImage::Format_RGB32, the only one that goes over the line

std::shared_ptr<const MappedFile> mapped(const Descriptor& file)
{
    struct stat status = {};
    if (!file.isOpen() || !isSealed(file.number()) || ::fstat(file.number(), &status) != 0)
        return {};
    auto map = MappedFile::map(file.number(), status.st_size);
    return map ? std::make_shared<const MappedFile>(*std::move(map)) : nullptr;
}

void letGo(void* owner)
{
    delete static_cast<std::shared_ptr<const MappedFile>*>(owner);
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
    : m_stream(text), m_file(mapped(file))
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

QByteArrayView LineReader::large()
{
    qint64 start = 0;
    qint64 size = 0;
    m_stream >> start >> size;
    if (size == 0)
        return {};
    const qint64 there = m_file ? m_file->bytes().size() : 0;
    const bool isInside = start >= 0 && start % MemoryFile::kAlignment == 0 && size > 0 &&
                          start <= there && size <= there - start;
    m_isGood = m_isGood && isInside;
    return isInside ? m_file->bytes().sliced(start, size) : QByteArrayView();
}

// The pixels stay where they are: the file is sealed, and the image keeps it mapped.
void LineReader::take(QImage& image)
{
    qint32 width = 0;
    qint32 height = 0;
    m_stream >> width >> height;
    const QByteArrayView pixels = large();
    const bool isRight = width >= 0 && height >= 0 && width <= INT_MAX / kBytesPerPixel &&
                         pixels.size() == qint64(width) * kBytesPerPixel * height;
    m_isGood = m_isGood && isRight;
    if (!isRight || pixels.isEmpty())
        return;
    image = QImage(reinterpret_cast<const uchar*>(pixels.data()), width, height,
                   qsizetype(width) * kBytesPerPixel, QImage::Format_RGB32, letGo,
                   new std::shared_ptr<const MappedFile>(m_file));
}

} // namespace vitrine::decoding
