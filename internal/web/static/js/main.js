// Everything here makes a page that already works more comfortable: without
// JavaScript links lead to pages and forms post.
import './config.js';
import htmx from 'htmx.org/dist/htmx.esm.js';
import './confirm.js';
import './guard.js';
import './live.js';
import './copy.js';
import './copynext.js';
import './drop.js';
import './cells.js';
import './keys.js';
import './taste.js';
import './steps.js';
import './save.js';
import './print.js';
import { startPane } from './pane.js';

document.documentElement.classList.add('js');
startPane(htmx);
