// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace vitrine::transfer {

/// An image of the account that a file is the same as, or looks like.
struct Twin {
    QString id;
    QString name;

    bool operator==(const Twin&) const = default;
};

/// What is shared already, to be looked up by content. A value; looking up is quick enough for
/// every file of a folder.
class KnownImages
{
public:
    /// \a sha256 of its original, raw; \a likeness is its perceptual hash. What is not known is
    /// left out. Newer images go first.
    void add(const Twin& image, const QByteArray& sha256, std::optional<quint64> likeness);

    std::optional<Twin> withBytes(const QByteArray& sha256) const;
    /// The nearest, if it is near enough to be taken for the same picture.
    std::optional<Twin> alike(quint64 likeness) const;

private:
    struct Look {
        quint64 likeness = 0;
        qsizetype image = 0;
    };
    QList<Twin> m_images;
    QHash<QByteArray, qsizetype> m_byBytes;
    QList<Look> m_looks;
};

} // namespace vitrine::transfer
