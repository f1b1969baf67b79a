// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/knownimages.h"

#include "app/imaging/perceptualhash.h"

#include <algorithm>

namespace vitrine::transfer {

void KnownImages::add(const Twin& image, const QByteArray& sha256, std::optional<quint64> likeness)
{
    const qsizetype index = m_images.size();
    m_images.append(image);
    if (!sha256.isEmpty() && !m_byBytes.contains(sha256))
        m_byBytes.insert(sha256, index);
    if (likeness)
        m_looks.append({*likeness, index});
}

std::optional<Twin> KnownImages::withBytes(const QByteArray& sha256) const
{
    const auto found = m_byBytes.find(sha256);
    return found == m_byBytes.end() ? std::nullopt : std::optional(m_images[*found]);
}

std::optional<Twin> KnownImages::alike(quint64 likeness) const
{
    const auto distance = [likeness](const Look& look) {
        return imaging::hashDistance(look.likeness, likeness);
    };
    const auto nearest =
        std::min_element(m_looks.begin(), m_looks.end(), [&](const Look& left, const Look& right) {
            return distance(left) < distance(right);
        });
    if (nearest == m_looks.end() || !imaging::areAlike(nearest->likeness, likeness))
        return std::nullopt;
    return m_images[nearest->image];
}

} // namespace vitrine::transfer
