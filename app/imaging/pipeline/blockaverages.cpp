// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/blockaverages.h"

#include "app/imaging/pipeline/jpeghuffman.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace vitrine::imaging {
namespace {

constexpr int kSide = DCTSIZE;

/// Where the coefficients of a block stand that come one after the other (T.81, figure A.6).
constexpr std::array<quint8, DCTSIZE2> zigzag()
{
    std::array<quint8, DCTSIZE2> places{};
    size_t next = 0;
    for (int diagonal = 0; diagonal < 2 * kSide - 1; ++diagonal) {
        for (int step = 0; step <= diagonal; ++step) {
            const int row = diagonal % 2 == 0 ? diagonal - step : step;
            const int column = diagonal - row;
            if (row < kSide && column < kSide)
                places[next++] = quint8(row * kSide + column);
        }
    }
    return places;
}
constexpr auto kPlaces = zigzag();

uchar sample(int centred)
{
    return uchar(std::clamp(centred + CENTERJSAMPLE, 0, MAXJSAMPLE));
}

int descaled(int value, int bits)
{
    return (value + (1 << (bits - 1))) >> bits;
}

/// A quarter of a block's side from its frequencies: the first gives the average of both halves,
/// the odd ones how far they are apart (as libjpeg's jidctred.c, in 1/8192).
int halfDifference(const int* frequencies, int step)
{
    return frequencies[step] * 29692 - frequencies[3 * step] * 10426 +
           frequencies[5 * step] * 6967 - frequencies[7 * step] * 5906;
}

using Block = std::array<int, DCTSIZE2>;

/// Frequencies of samples of 8 bits are less; so no sum in quarters() leaves 32 bits.
constexpr int kMostFrequency = 2047;

bool isFrequency(int value)
{
    return value >= -kMostFrequency && value <= kMostFrequency;
}

/// The averages of the four quarters of a block.
std::array<uchar, 4> quarters(const Block& block)
{
    constexpr int bits = 13, kept = 2; // of a constant; of a sum between the two passes
    std::array<int, kSide> upper{}, lower{};
    for (const size_t column : {0, 1, 3, 5, 7}) {
        const int average = block[column] << (bits + 2);
        const int apart = halfDifference(block.data() + column, kSide);
        upper[column] = descaled(average + apart, bits - kept + 2);
        lower[column] = descaled(average - apart, bits - kept + 2);
    }
    std::array<uchar, 4> found{};
    size_t next = 0;
    for (const auto& row : {upper, lower}) {
        const int average = row[0] << (bits + 2);
        const int apart = halfDifference(row.data(), 1);
        found[next++] = sample(descaled(average + apart, bits + kept + 3 + 2));
        found[next++] = sample(descaled(average - apart, bits + kept + 3 + 2));
    }
    return found;
}

/// One component: its tables, and its samples at 1/8.
struct Plane {
    JpegHuffman differences;
    JpegHuffman coefficients;
    const JQUANT_TBL* steps = nullptr;
    int across = 1; ///< blocks of a unit
    int down = 1;
    bool isQuartered = false; ///< a block gives four samples, not one
    int width = 0;            ///< in samples, of whole units
    int last = 0;             ///< average of the block before
    std::vector<uchar> samples;

    bool readBlock(JpegBits& bits, qsizetype at);
    bool readQuarters(JpegBits& bits, qsizetype at);
    bool readFrequencies(JpegBits& bits, Block& block) const;
    bool readAverage(JpegBits& bits);
};

bool Plane::readAverage(JpegBits& bits)
{
    bits.fill();
    const int size = differences.symbol(bits);
    if (size < 0)
        return false;
    last += size > 0 ? bits.signedNumber(size) : 0;
    return last >= SHRT_MIN && last <= SHRT_MAX;
}

bool Plane::readBlock(JpegBits& bits, qsizetype at)
{
    if (!readAverage(bits))
        return false;
    if (isQuartered)
        return readQuarters(bits, at);
    samples[size_t(at)] = sample(descaled(last * steps->quantval[0], 3));
    return coefficients.passBlock(bits);
}

bool Plane::readQuarters(JpegBits& bits, qsizetype at)
{
    Block block{last * steps->quantval[0]};
    if (!isFrequency(block[0]) || !readFrequencies(bits, block))
        return false;
    const auto found = quarters(block);
    std::copy_n(found.begin(), 2, samples.begin() + at);
    std::copy_n(found.begin() + 2, 2, samples.begin() + at + width);
    return true;
}

/// All but the first.
bool Plane::readFrequencies(JpegBits& bits, Block& block) const
{
    JpegBits own = bits; // in registers
    for (size_t next = 1; next < kPlaces.size(); ++next) {
        own.fill();
        const int symbol = coefficients.symbol(own);
        const int run = symbol >> 4, size = symbol & 15;
        next += size_t(run);
        if (symbol < 0 || (size > 0 && next >= kPlaces.size()))
            return false;
        if (size == 0 && run < 15)
            break;
        if (size == 0)
            continue;
        const size_t place = kPlaces[next];
        block[place] = own.signedNumber(size) * steps->quantval[place];
        if (!isFrequency(block[place]))
            return false;
    }
    bits = own;
    return true;
}

class Scan
{
public:
    explicit Scan(const jpeg_decompress_struct& jpeg)
        : m_jpeg(jpeg)
        , m_bits({reinterpret_cast<const char*>(jpeg.src->next_input_byte),
                  qsizetype(jpeg.src->bytes_in_buffer)})
    {}
    bool prepare();
    bool read();
    QImage picture() const;

private:
    bool isOfKnownKind() const;
    bool preparePlane(size_t component);
    bool readUnit(int row, int column);
    bool restart();

    const jpeg_decompress_struct& m_jpeg;
    JpegBits m_bits;
    std::array<Plane, 3> m_planes;
    int m_unitsAcross = 0;
    int m_unitsDown = 0;
    unsigned m_unitsToRestart = 0;
    int m_restarts = 0;
};

bool Scan::isOfKnownKind() const
{
    const auto isBetweenOneAndTwo = [](int factor) { return factor == 1 || factor == 2; };
    const auto isSingle = [](const jpeg_component_info& component) {
        return component.h_samp_factor == 1 && component.v_samp_factor == 1;
    };
    const auto* components = m_jpeg.comp_info;
    return m_jpeg.jpeg_color_space == JCS_YCbCr && m_jpeg.num_components == 3 &&
           m_jpeg.comps_in_scan == 3 && !m_jpeg.progressive_mode && !m_jpeg.arith_code &&
           m_jpeg.data_precision == 8 && m_jpeg.Ss == 0 && m_jpeg.Se == DCTSIZE2 - 1 &&
           m_jpeg.Ah == 0 && m_jpeg.Al == 0 && isBetweenOneAndTwo(components[0].h_samp_factor) &&
           isBetweenOneAndTwo(components[0].v_samp_factor) && isSingle(components[1]) &&
           isSingle(components[2]);
}

bool Scan::prepare()
{
    if (!isOfKnownKind())
        return false;
    const auto units = [](JDIMENSION side, int blocks) {
        return int((side + unsigned(blocks * kSide) - 1) / unsigned(blocks * kSide));
    };
    m_unitsAcross = units(m_jpeg.image_width, m_jpeg.comp_info[0].h_samp_factor);
    m_unitsDown = units(m_jpeg.image_height, m_jpeg.comp_info[0].v_samp_factor);
    m_unitsToRestart = m_jpeg.restart_interval;
    return preparePlane(0) && preparePlane(1) && preparePlane(2);
}

bool Scan::preparePlane(size_t component)
{
    const jpeg_component_info& info = *m_jpeg.cur_comp_info[component];
    if (info.component_index != int(component) || info.quant_tbl_no >= NUM_QUANT_TBLS ||
        info.dc_tbl_no >= NUM_HUFF_TBLS || info.ac_tbl_no >= NUM_HUFF_TBLS)
        return false;
    Plane& plane = m_planes[component];
    const JHUFF_TBL* differences = m_jpeg.dc_huff_tbl_ptrs[info.dc_tbl_no];
    const JHUFF_TBL* coefficients = m_jpeg.ac_huff_tbl_ptrs[info.ac_tbl_no];
    plane.steps = m_jpeg.quant_tbl_ptrs[info.quant_tbl_no];
    plane.across = info.h_samp_factor;
    plane.down = info.v_samp_factor;
    plane.isQuartered = component > 0 && m_planes[0].across == 2 && m_planes[0].down == 2;
    const int samples = plane.isQuartered ? 2 : 1;
    plane.width = m_unitsAcross * plane.across * samples;
    plane.samples.resize(size_t(plane.width) * size_t(m_unitsDown * plane.down * samples));
    return differences && coefficients && plane.steps &&
           plane.differences.set(*differences, false) &&
           plane.coefficients.set(*coefficients, true);
}

bool Scan::read()
{
    for (int row = 0; row < m_unitsDown; ++row) {
        for (int column = 0; column < m_unitsAcross; ++column) {
            if (!restart() || !readUnit(row, column))
                return false;
        }
        if (m_bits.hasOverrun())
            return false;
    }
    return m_bits.passMarker(JPEG_EOI);
}

bool Scan::restart()
{
    if (m_jpeg.restart_interval == 0 || m_unitsToRestart-- > 0)
        return true;
    m_unitsToRestart = m_jpeg.restart_interval - 1;
    for (Plane& plane : m_planes)
        plane.last = 0;
    return m_bits.passMarker(uchar(JPEG_RST0 + m_restarts++ % 8));
}

bool Scan::readUnit(int row, int column)
{
    for (Plane& plane : m_planes) {
        const int samples = plane.isQuartered ? 2 : 1;
        for (int y = 0; y < plane.down; ++y) {
            for (int x = 0; x < plane.across; ++x) {
                const qsizetype line = qsizetype(row * plane.down + y) * samples;
                const qsizetype place = qsizetype(column * plane.across + x) * samples;
                if (!plane.readBlock(m_bits, line * plane.width + place))
                    return false;
            }
        }
    }
    return true;
}

/// As libjpeg's jdcolor.c, in 1/65536.
QRgb colour(int luma, int blue, int red)
{
    blue -= CENTERJSAMPLE;
    red -= CENTERJSAMPLE;
    const auto channel = [luma](int added) { return std::clamp(luma + added, 0, MAXJSAMPLE); };
    return qRgb(channel(descaled(91881 * red, 16)),
                channel(descaled(-22554 * blue - 46802 * red, 16)),
                channel(descaled(116130 * blue, 16)));
}

QImage Scan::picture() const
{
    const auto& [luma, blue, red] = m_planes;
    QImage image(int(m_jpeg.image_width + kSide - 1) / kSide,
                 int(m_jpeg.image_height + kSide - 1) / kSide, QImage::Format_RGB32);
    if (image.isNull())
        return image;
    const int across = blue.isQuartered ? 1 : luma.across; // pixels that share a colour
    const int down = blue.isQuartered ? 1 : luma.down;
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const uchar* lumas = luma.samples.data() + qsizetype(y) * luma.width;
        const qsizetype colours = qsizetype(y / down) * blue.width;
        for (int x = 0; x < image.width(); ++x) {
            const size_t at = size_t(colours + x / across);
            line[x] = colour(lumas[x], blue.samples[at], red.samples[at]);
        }
    }
    return image;
}

} // namespace

QImage blockAverages(const jpeg_decompress_struct& jpeg)
{
    const auto scan = std::make_unique<Scan>(jpeg); // its tables are large
    return scan->prepare() && scan->read() ? scan->picture() : QImage();
}

} // namespace vitrine::imaging
