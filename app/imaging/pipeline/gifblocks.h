// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace vitrine::imaging {

/// What follows the header of a GIF, block by block.
struct GifBlock {
    enum class Kind { GraphicControl, Image, Application, Comment, PlainText, Unknown };
    Kind kind = Kind::Unknown;
    QByteArrayView whole;
    QByteArrayView application; ///< the eleven bytes that name it, for Kind::Application
};

/// The application whose data is an ICC profile (ICC.1:2001-04, annex B.3).
inline constexpr QByteArrayView kGifProfile("ICCRGBG1012");

/// What the sub-blocks of an application's block hold, joined.
QByteArray gifApplicationData(const GifBlock& block);
/// An application's block; \a application has eleven bytes.
QByteArray makeGifApplicationBlock(QByteArrayView application, QByteArrayView data);

/// Goes through a GIF without decoding. The bytes have to outlive it.
class GifBlockReader
{
public:
    explicit GifBlockReader(QByteArrayView bytes);

    /// Signature, screen descriptor and global colours; empty if they are cut off.
    QByteArrayView header() const { return m_header; }
    /// None at the trailer, or where the data is cut off.
    std::optional<GifBlock> next();
    /// Every block was whole. A missing trailer is forgiven, as all viewers do.
    bool reachedEnd() const { return m_reachedEnd; }

private:
    std::optional<GifBlock> readExtension();
    std::optional<GifBlock> readImage();
    std::optional<qsizetype> endOfSubBlocks(qsizetype from) const;
    GifBlock blockUpTo(GifBlock::Kind kind, qsizetype end);

    QByteArrayView m_bytes;
    QByteArrayView m_header;
    qsizetype m_position = 0;
    bool m_reachedEnd = false;
};

} // namespace vitrine::imaging
