// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QAbstractItemModel;

namespace vitrine::ui {

/// How many images there are of each kind; told once after however many changes of the model.
class LibraryCounts final : public QObject
{
    Q_OBJECT

public:
    /// \a model has GalleryModel's roles and must outlive this object.
    explicit LibraryCounts(const QAbstractItemModel& model, QObject* parent = nullptr);

    int all() const { return m_all; }
    int privateOnes() const { return m_private; }
    int withoutAlt() const { return m_withoutAlt; }

Q_SIGNALS:
    void changed();

private:
    void count();
    void add(int first, int last, int sign);
    void recount();
    void noteData(const QModelIndex& first, const QModelIndex& last, const QList<int>& roles);

    const QAbstractItemModel& m_model;
    QTimer m_due;
    bool m_isOld = true; ///< the counts are not of the present rows
    int m_all = 0;
    int m_private = 0;
    int m_withoutAlt = 0;
};

} // namespace vitrine::ui
