// Package chart draws small charts as SVG: bars with intervals, lines with
// bands, columns of a distribution, stacked bars, an index on its scale.
//
// A chart is a value with numbers and ready-written words; Render writes it.
// It has a title and a description for those who do not see it, classes
// instead of colours (internal/web/static/css/chart.css), and no style
// attribute, so it passes a strict content policy and follows the theme.
// Places along the width are per cents, so letters keep their size on a phone.
// Every chart also gives the Table of its figures.
package chart
