// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/jpegdecoder.h"

#include "app/imaging/jpegerrors.h"
#include "app/imaging/orient.h"

#include <QColorSpace>
#include <QSysInfo>

#include <jerror.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <tuple>

using namespace Qt::StringLiterals;

namespace vitrine::imaging {
namespace {

/// More scans than any encoder writes; each one costs a pass over all coefficients, and a hostile
/// file of some kilobytes can hold thousands.
constexpr int kMaxScans = 200;

constexpr int kIccMarker = JPEG_APP0 + 2;
constexpr unsigned kWholeMarker = 0xffff;

/// The layout of QImage::Format_RGB32 in memory.
constexpr J_COLOR_SPACE kRgb32 =
    QSysInfo::ByteOrder == QSysInfo::LittleEndian ? JCS_EXT_BGRA : JCS_EXT_ARGB;

/// One JPEG being read.
class JpegReader
{
public:
    explicit JpegReader(QByteArrayView bytes);
    ~JpegReader() { jpeg_destroy_decompress(&m_jpeg); }
    Q_DISABLE_COPY_MOVE(JpegReader)

    bool readHeader();
    QSize size() const { return {int(m_jpeg.image_width), int(m_jpeg.image_height)}; }
    /// Starts at the smallest power-of-two scale whose longest side is \a minimumSide or more.
    bool start(int minimumSide);
    QSize outputSize() const { return {int(m_jpeg.output_width), int(m_jpeg.output_height)}; }
    /// Reads all rows into \a image; gives how many could be read.
    int readRows(QImage& image);
    bool isInked() const { return m_jpeg.out_color_space == JCS_CMYK; }
    /// Adobe writes ink upside down: 255 is none.
    bool isInkInverted() const { return m_jpeg.saw_Adobe_marker; }
    /// To be asked before start(): the markers go with the last row.
    QByteArray iccProfile();
    const JpegErrors& errors() const { return m_errors; }

private:
    static void onProgress(j_common_ptr object);

    JpegErrors m_errors;
    jpeg_progress_mgr m_progress{};
    jpeg_decompress_struct m_jpeg{};
    QByteArrayView m_bytes;
};

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
    if (reinterpret_cast<j_decompress_ptr>(object)->input_scan_number > kMaxScans)
        ERREXIT(object, JERR_BAD_PROGRESSION);
}

bool JpegReader::start(int minimumSide)
{
    const int longest = std::max(size().width(), size().height());
    unsigned eighths = 1; // 1, 2, 4 and 8 are the scales that libjpeg-turbo has SIMD code for
    while (eighths < 8 && (qint64(longest) * eighths) / 8 < minimumSide)
        eighths *= 2;
    return m_errors.run([this, eighths] {
        const bool isInked =
            m_jpeg.jpeg_color_space == JCS_CMYK || m_jpeg.jpeg_color_space == JCS_YCCK;
        m_jpeg.out_color_space = isInked ? JCS_CMYK : kRgb32;
        m_jpeg.scale_num = eighths;
        m_jpeg.scale_denom = 8;
        jpeg_start_decompress(&m_jpeg);
    });
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
        jpeg_finish_decompress(&m_jpeg);
    });
    return int(m_jpeg.output_scanline);
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

/// The profile, if it is one for RGB: those of grey and of inks do not fit the pixels we make.
QColorSpace rgbColorSpace(const QByteArray& profile)
{
    constexpr qsizetype colourSpaceField = 16;
    if (profile.mid(colourSpaceField, 4) != "RGB "_ba)
        return {};
    return QColorSpace::fromIccProfile(profile);
}

/// CMYK, four bytes a pixel, to RGB32 in place. Without a profile of the press: the plain formula.
void inkToRgb(QImage& image, bool isInverted)
{
    const auto product = [](int a, int b) { return (a * b + 127) / 255; };
    for (int y = 0; y < image.height(); ++y) {
        uchar* line = image.scanLine(y);
        for (int x = 0; x < image.width(); ++x, line += 4) {
            const auto light = [&](int ink) { return isInverted ? line[ink] : 255 - line[ink]; };
            const int black = light(3);
            const QRgb pixel =
                qRgb(product(light(0), black), product(light(1), black), product(light(2), black));
            memcpy(line, &pixel, sizeof pixel);
        }
    }
}

void fillFrom(QImage& image, int row)
{
    for (int y = row; y < image.height(); ++y)
        memset(image.scanLine(y), 0x80, size_t(image.bytesPerLine()));
}

} // namespace

Result<Decoded> decodeJpeg(QByteArrayView bytes, const ImageInfo& info, int minimumSide)
{
    JpegReader reader(bytes);
    if (!reader.readHeader())
        return failure(ErrorKind::DamagedImage, reader.errors().message());
    if (orientedSize(reader.size(), info.orientation) != info.size)
        return failure(ErrorKind::DamagedImage, u"two sizes in one picture"_s);
    const QColorSpace colours = rgbColorSpace(reader.iccProfile());
    if (!reader.start(minimumSide))
        return failure(ErrorKind::DamagedImage, reader.errors().message());

    Decoded decoded;
    decoded.pixels = QImage(reader.outputSize(), QImage::Format_RGB32);
    if (decoded.pixels.isNull())
        return failure(ErrorKind::TooManyPixels, u"no memory for the pixels"_s);
    const int rows = reader.readRows(decoded.pixels);
    if (rows == 0)
        return failure(ErrorKind::DamagedImage, reader.errors().message());
    fillFrom(decoded.pixels, rows);
    decoded.isDamaged = rows < decoded.pixels.height() || reader.errors().sawDamage() ||
                        !reader.errors().message().isEmpty();
    if (reader.isInked())
        inkToRgb(decoded.pixels, reader.isInkInverted());
    else
        decoded.pixels.setColorSpace(colours);
    return decoded;
}

} // namespace vitrine::imaging
