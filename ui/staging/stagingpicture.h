// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace vitrine::ui {

/// One of the two pictures of a row: filled, with round corners; a calm tile while there is none.
class StagingPicture final : public QWidget
{
    Q_OBJECT

public:
    explicit StagingPicture(QSize size, QWidget* parent = nullptr);

    void setPicture(const QImage& picture);
    /// The picture steps back: it is not what others will see.
    void setDimmed(bool dimmed);
    /// Shows an icon in the middle; an empty name: none.
    void setBadge(const QString& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_picture;
    QString m_badge;
    bool m_isDimmed = false;
};

} // namespace vitrine::ui
