// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/loadingpage.h"

#include "ui/common/theme.h"
#include "ui/gallery/justifiedlayout.h"

#include <QPainter>

#include <array>

namespace vitrine::ui {

namespace {
constexpr std::array<float, 7> kShapes{1.5F, 1.0F, 1.33F, 0.75F, 1.78F, 1.33F, 0.8F};
constexpr std::size_t kPictures = 84; // more than a large screen shows
} // namespace

LoadingPage::LoadingPage(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Loading the gallery"));
}

void LoadingPage::paintEvent(QPaintEvent*)
{
    std::vector<float> aspects(kPictures);
    for (std::size_t i = 0; i < kPictures; ++i)
        aspects[i] = kShapes[i % kShapes.size()];
    JustifiedLayout::Metrics metrics;
    metrics.width = width();
    metrics.margin = spacing::Large;
    metrics.headingHeight = titleFont(font()).pointSize() * 2 + spacing::Wide;
    JustifiedLayout layout;
    layout.build(aspects, {0}, metrics);

    const Colors colors = Colors::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.canvas);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.panel);
    for (int item = 0; item < layout.count(); ++item)
        painter.drawRoundedRect(layout.rect(item), kCornerRadius, kCornerRadius);
    painter.setPen(colors.muted);
    QRect heading = layout.sections().front().heading;
    painter.drawText(heading, int(Qt::AlignVCenter | Qt::AlignLeading),
                     tr("Looking what is here…"));
}

} // namespace vitrine::ui
