// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/imaging/inkjpeg.h"

#include <jpeglib.h>

#include <cstdio> // jpeglib.h needs FILE and does not include it
#include <cstdlib>
#include <vector>

namespace vitrine::test {

QByteArray inkJpeg(QSize size, std::array<unsigned char, 4> invertedInk)
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
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 95, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<JSAMPLE> row;
    for (int x = 0; x < size.width(); ++x)
        row.insert(row.end(), invertedInk.begin(), invertedInk.end());
    JSAMPROW rows = row.data();
    while (jpeg.next_scanline < jpeg.image_height)
        jpeg_write_scanlines(&jpeg, &rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(length));
    std::free(data);
    return bytes;
}

} // namespace vitrine::test
