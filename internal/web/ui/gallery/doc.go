// Command gallery shows every part of package ui on plain pages with invented
// content, under the same content policy as the product:
//
//	go run ./internal/web/ui/gallery --listen 127.0.0.1:8090
//
// The browser tests check these pages in both themes and widths; whoever
// changes a part or a style looks here first.
package main
