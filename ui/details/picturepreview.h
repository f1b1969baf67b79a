// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>

namespace vitrine::ui {

/// The selected picture, or up to four of many in a mosaic, as wide as the panel.
class PicturePreview final : public QWidget
{
    Q_OBJECT

public:
    struct Picture {
        QImage image; ///< null while it is loading
        QSizeF shape; ///< of the picture; empty if unknown
        bool isPrivate = false;
        bool frosted = false;
    };

    explicit PicturePreview(QWidget* parent = nullptr);

    void setPictures(QList<Picture> pictures);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF cell(qsizetype number) const;

    QList<Picture> m_pictures;
};

} // namespace vitrine::ui
