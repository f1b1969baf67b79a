// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/imaging/jpegerrors.h"
#include "app/imaging/pipeline/decoder.h"

namespace vitrine::imaging {

/// One JPEG being read by libjpeg-turbo, out of bytes that outlive it. Every step may be called
/// once, in this order; where one gives false, errors() says why.
class JpegReader
{
public:
    explicit JpegReader(QByteArrayView bytes);
    ~JpegReader() { jpeg_destroy_decompress(&m_jpeg); }
    Q_DISABLE_COPY_MOVE(JpegReader)

    [[nodiscard]] bool readHeader();
    QSize size() const { return {int(m_jpeg.image_width), int(m_jpeg.image_height)}; }
    QByteArray iccProfile();
    Channels channels() const;
    /// All pixels, without any of the steps below, where they are wanted at 1/8 and the picture is
    /// a plain and sound one; null elsewhere.
    QImage averages(int minimumSide) const;
    /// Starts at the smallest power-of-two scale whose longest side is \a minimumSide or more.
    [[nodiscard]] bool start(int minimumSide);
    QSize outputSize() const { return {int(m_jpeg.output_width), int(m_jpeg.output_height)}; }
    /// Whether the average of each block is all that is read: of a progressive picture at 1/8 that
    /// is all that is shown, and the first scan holds it. What is behind it is not looked at.
    bool readsAveragesOnly() const { return m_jpeg.buffered_image; }
    /// Reads all rows into \a image, of outputSize() and Format_RGB32; gives how many could be
    /// read.
    int readRows(QImage& image);
    const JpegErrors& errors() const { return m_errors; }

private:
    static void onProgress(j_common_ptr object);
    unsigned eighthsFor(int minimumSide) const;
    void startOutput();
    bool knowsAllAverages() const;

    JpegErrors m_errors;
    jpeg_progress_mgr m_progress{};
    jpeg_decompress_struct m_jpeg{};
    QByteArrayView m_bytes;
};

} // namespace vitrine::imaging
