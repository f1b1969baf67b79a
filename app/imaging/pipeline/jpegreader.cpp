// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/jpegreader.h"

#include "app/imaging/pipeline/blockaverages.h"

#include <QSysInfo>

#include <jerror.h>

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace vitrine::imaging {
namespace {

/// More scans than any encoder writes; each one costs a pass over all coefficients, and a hostile
/// file of some kilobytes can hold thousands. Of the largest pictures only as many as encoders do
/// write.
constexpr qint64 kMaxScans = 200;
constexpr qint64 kUsualScans = 20;
constexpr qint64 kMaxPixelsOverScans = 4'000'000'000;

constexpr int kIccMarker = JPEG_APP0 + 2;
constexpr unsigned kWholeMarker = 0xffff;

/// The layout of QImage::Format_RGB32 in memory.
constexpr J_COLOR_SPACE kRgb32 =
    QSysInfo::ByteOrder == QSysInfo::LittleEndian ? JCS_EXT_BGRA : JCS_EXT_ARGB;

} // namespace

JpegReader::JpegReader(QByteArrayView bytes) : m_bytes(bytes)
{
    m_jpeg.err = m_errors.manager();
}

bool JpegReader::readHeader()
{
    return m_errors.run([this] {
        jpeg_create_decompress(&m_jpeg);
        m_progress.progress_monitor = &JpegReader::onProgress;
        m_jpeg.progress = &m_progress;
        jpeg_mem_src(&m_jpeg, reinterpret_cast<const unsigned char*>(m_bytes.data()),
                     static_cast<unsigned long>(m_bytes.size()));
        jpeg_save_markers(&m_jpeg, kIccMarker, kWholeMarker);
        jpeg_read_header(&m_jpeg, TRUE);
    });
}

void JpegReader::onProgress(j_common_ptr object)
{
    const auto* jpeg = reinterpret_cast<j_decompress_ptr>(object);
    const qint64 pixels = qint64(jpeg->image_width) * jpeg->image_height;
    const qint64 scans = std::clamp(kMaxPixelsOverScans / pixels, kUsualScans, kMaxScans);
    if (jpeg->input_scan_number > scans)
        ERREXIT(object, JERR_BAD_PROGRESSION);
}

QByteArray JpegReader::iccProfile()
{
    JOCTET* data = nullptr;
    unsigned size = 0;
    const bool done = m_errors.run([this, &data, &size] {
        if (!jpeg_read_icc_profile(&m_jpeg, &data, &size))
            data = nullptr;
    });
    if (!done || !data)
        return {};
    QByteArray profile(reinterpret_cast<const char*>(data), qsizetype(size));
    std::free(data); // NOLINT(cppcoreguidelines-no-malloc): libjpeg allocated it so
    return profile;
}

Channels JpegReader::channels() const
{
    switch (m_jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
        return Channels::Grey;
    case JCS_CMYK:
    case JCS_YCCK:
        // Adobe writes ink upside down.
        return m_jpeg.saw_Adobe_marker ? Channels::InvertedInk : Channels::Ink;
    default:
        return Channels::Rgb;
    }
}

unsigned JpegReader::eighthsFor(int minimumSide) const
{
    const qint64 longest = std::max(size().width(), size().height());
    unsigned eighths = 1; // 1, 2, 4 and 8 are the scales that libjpeg-turbo has SIMD code for
    while (eighths < 8 && longest * eighths / 8 < minimumSide)
        eighths *= 2;
    return eighths;
}

QImage JpegReader::averages(int minimumSide) const
{
    return eighthsFor(minimumSide) == 1 ? blockAverages(m_jpeg) : QImage();
}

bool JpegReader::start(int minimumSide)
{
    const bool isInked = channels() == Channels::Ink || channels() == Channels::InvertedInk;
    const unsigned eighths = eighthsFor(minimumSide);
    return m_errors.run([this, isInked, eighths] {
        m_jpeg.out_color_space = isInked ? JCS_CMYK : kRgb32;
        m_jpeg.scale_num = eighths;
        m_jpeg.scale_denom = 8;
        m_jpeg.buffered_image = m_jpeg.progressive_mode && eighths == 1;
        m_jpeg.do_block_smoothing = !m_jpeg.buffered_image; // guesses what 1/8 does not show
        jpeg_start_decompress(&m_jpeg);
        if (m_jpeg.buffered_image)
            startOutput();
    });
}

void JpegReader::startOutput()
{
    int status = JPEG_ROW_COMPLETED;
    while (status != JPEG_REACHED_EOI && !(status == JPEG_SCAN_COMPLETED && knowsAllAverages()))
        status = jpeg_consume_input(&m_jpeg);
    jpeg_start_output(&m_jpeg, m_jpeg.input_scan_number);
}

bool JpegReader::knowsAllAverages() const
{
    for (int component = 0; component < m_jpeg.num_components; ++component) {
        if (m_jpeg.coef_bits[component][0] < 0)
            return false;
    }
    return true;
}

int JpegReader::readRows(QImage& image)
{
    uchar* const pixels = image.bits();
    const qsizetype stride = image.bytesPerLine();
    // A failure here is no news: sawDamage() and the number of rows tell what matters.
    std::ignore = m_errors.run([this, pixels, stride] {
        while (m_jpeg.output_scanline < m_jpeg.output_height) {
            JSAMPROW row = pixels + stride * m_jpeg.output_scanline;
            jpeg_read_scanlines(&m_jpeg, &row, 1);
        }
        if (!m_jpeg.buffered_image)
            jpeg_finish_decompress(&m_jpeg);
    });
    return int(m_jpeg.output_scanline);
}

} // namespace vitrine::imaging
