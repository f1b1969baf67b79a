// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/jpegerrors.h"
#include "app/imaging/variants.h"

#include <QSysInfo>

#include <cstdlib>

namespace vitrine::imaging {
namespace {

/// One JPEG being written, into memory that libjpeg allocates.
class JpegWriter
{
public:
    JpegWriter() { m_jpeg.err = m_errors.manager(); }
    ~JpegWriter()
    {
        jpeg_destroy_compress(&m_jpeg);
        std::free(m_data); // NOLINT(cppcoreguidelines-no-malloc): libjpeg allocated it so
    }
    Q_DISABLE_COPY_MOVE(JpegWriter)

    bool write(const QImage& image, int quality);
    QByteArray bytes() const { return {reinterpret_cast<const char*>(m_data), qsizetype(m_size)}; }

private:
    JpegErrors m_errors;
    jpeg_compress_struct m_jpeg{};
    unsigned char* m_data = nullptr;
    unsigned long m_size = 0;
};

bool JpegWriter::write(const QImage& image, int quality)
{
    const uchar* const pixels = image.constBits();
    const qsizetype stride = image.bytesPerLine();
    const auto width = JDIMENSION(image.width());
    const auto height = JDIMENSION(image.height());
    return m_errors.run([this, pixels, stride, width, height, quality] {
        jpeg_create_compress(&m_jpeg);
        jpeg_mem_dest(&m_jpeg, &m_data, &m_size);
        m_jpeg.image_width = width;
        m_jpeg.image_height = height;
        m_jpeg.input_components = 4;
        m_jpeg.in_color_space =
            QSysInfo::ByteOrder == QSysInfo::LittleEndian ? JCS_EXT_BGRX : JCS_EXT_XRGB;
        jpeg_set_defaults(&m_jpeg);
        jpeg_set_quality(&m_jpeg, quality, TRUE);
        m_jpeg.optimize_coding = TRUE; // some per cent smaller for a millisecond
        jpeg_start_compress(&m_jpeg, TRUE);
        while (m_jpeg.next_scanline < m_jpeg.image_height) {
            auto* row = const_cast<JSAMPROW>(pixels + stride * m_jpeg.next_scanline);
            jpeg_write_scanlines(&m_jpeg, &row, 1);
        }
        jpeg_finish_compress(&m_jpeg);
    });
}

} // namespace

QByteArray encodeJpeg(const QImage& image, int quality)
{
    const QImage opaque = image.convertToFormat(QImage::Format_RGB32);
    if (opaque.isNull())
        return {};
    JpegWriter writer;
    if (!writer.write(opaque, quality))
        return {};
    return writer.bytes();
}

} // namespace vitrine::imaging
