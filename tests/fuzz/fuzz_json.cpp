// SPDX-License-Identifier: GPL-3.0-or-later
// What the codec accepts it must also write so that it reads the same again.
#include "app/protocol/capabilities.h"
#include "app/protocol/image.h"
#include "app/protocol/problem.h"

#include <QJsonDocument>

#include <cstdint>
#include <cstdlib>

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

void readAll(const QJsonObject& object)
{
    if (const auto patch = patchFromJson(object))
        require(*patchFromJson(toJson(*patch)) == *patch);
    if (const auto page = pageFromJson(object)) {
        const auto again = pageFromJson(toJson(*page));
        require(again && again->images == page->images && again->cursor == page->cursor);
    }
    if (const auto image = imageFromJson(object)) {
        require(!image->id.isEmpty() && image->downloadCount >= 0 && image->bytes >= 0);
        const auto again = imageFromJson(toJson(*image));
        require(again && *again == *image);
    }
    if (const auto capabilities = capabilitiesFromJson(object))
        require(capabilities->maxBytes >= 0 && capabilities->maxPixels >= 0);
    problemSentence(object);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char*>(data), qsizetype(size));
    readAll(QJsonDocument::fromJson(text).object());
    return 0;
}
