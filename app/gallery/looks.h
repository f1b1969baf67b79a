// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace vitrine::gallery {

class Catalog;

/// Learns what images look like from the sharp previews that are decoded anyway, a batch at a time,
/// so that a picture that is shared already is known again. GUI thread; the work is done on the
/// catalog's.
class Looks final : public QObject
{
    Q_OBJECT

public:
    /// \a catalog must outlive it.
    explicit Looks(Catalog& catalog, QObject* parent = nullptr);
    /// What was learnt until then is still handed to the catalog.
    ~Looks() override;

    void learn(const QString& id, const QImage& sharpPreview);
    /// It is gone, or private to us now.
    void forget(const QString& id);

private:
    void flush();

    Catalog& m_catalog;
    QSet<QString> m_known; ///< in this run
    QHash<QString, QImage> m_pending;
    QTimer m_timer;
};

} // namespace vitrine::gallery
