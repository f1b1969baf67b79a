// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/jpegwriter.h"

#include <cstdlib>
#include <vector>

namespace vitrine::test {

QByteArray writtenJpeg(QSize size, J_COLOR_SPACE space, int components,
                       const std::function<void(jpeg_compress_struct&)>& adjust,
                       const std::function<const JSAMPLE*(int row)>& rowAt)
{
    jpeg_error_mgr errors;
    jpeg_compress_struct jpeg;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* data = nullptr;
    unsigned long length = 0;
    jpeg_mem_dest(&jpeg, &data, &length);
    jpeg.image_width = JDIMENSION(size.width());
    jpeg.image_height = JDIMENSION(size.height());
    jpeg.input_components = components;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    adjust(jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = const_cast<JSAMPLE*>(rowAt(int(jpeg.next_scanline)));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(length));
    std::free(data);
    return bytes;
}

QByteArray inkJpeg(QSize size, std::array<unsigned char, 4> invertedInk)
{
    std::vector<JSAMPLE> row;
    for (int x = 0; x < size.width(); ++x)
        row.insert(row.end(), invertedInk.begin(), invertedInk.end());
    return writtenJpeg(
        size, JCS_CMYK, int(invertedInk.size()),
        [](jpeg_compress_struct& jpeg) { jpeg_set_quality(&jpeg, 95, TRUE); },
        [&row](int) { return row.data(); });
}

} // namespace vitrine::test
