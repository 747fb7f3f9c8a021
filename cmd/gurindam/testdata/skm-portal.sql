-- phpMyAdmin SQL Dump
/*!40101 SET NAMES utf8mb4 */;

CREATE TABLE `indikators` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `indikators` (`id`, `name`) VALUES
(1, 'Persyaratan'),
(2, 'Sistem, Mekanisme, dan Prosedur'),
(3, 'Waktu Penyelesaian'),
(4, 'Biaya/Tarif'),
(5, 'Produk Spesifikasi Jenis Pelayanan'),
(6, 'Kompetensi Pelaksana'),
(7, 'Perilaku Pelaksana'),
(8, 'Sarana dan Prasarana'),
(9, 'Penanganan Pengaduan, Saran dan Masukan'),
(10, 'Keramahan robot');

CREATE TABLE `jawaban_survey` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_responden` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_survey` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_pilihan_jawaban` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `bobot` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `jawaban_survey` (`id`, `id_responden`, `id_survey`, `id_pilihan_jawaban`, `bobot`) VALUES
('101-0', 101, 21, 13, 3),
('101-1', 101, 21, 23, 3),
('101-2', 101, 21, 34, 4),
('101-3', 101, 21, 44, 4),
('101-4', 101, 21, 53, 3),
('101-5', 101, 21, 63, 3),
('101-6', 101, 21, 73, 3),
('101-7', 101, 21, 83, 3),
('101-8', 101, 21, 93, 3),
('102-0', 102, 21, 13, 3),
('102-1', 102, 21, 23, 3),
('102-2', 102, 21, 34, 4),
('102-3', 102, 21, 44, 4),
('102-4', 102, 21, 53, 3),
('102-5', 102, 21, 63, 3),
('102-6', 102, 21, 73, 3),
('102-7', 102, 21, 83, 3),
('102-8', 102, 21, 93, 3),
('103-0', 103, 21, 13, 3),
('103-1', 103, 21, 23, 3),
('103-2', 103, 21, 34, 4),
('103-3', 103, 21, 44, 4),
('103-4', 103, 21, 53, 3),
('103-5', 103, 21, 63, 3),
('103-6', 103, 21, 73, 3),
('103-7', 103, 21, 83, 3),
('103-8', 103, 21, 93, 3);

CREATE TABLE `layanan_opd` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_opd` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `layanan_opd` (`id`, `id_opd`, `name`) VALUES
(11, 1, 'Akta \'Kelahiran\''),
(12, 2, 'Peluncuran');

CREATE TABLE `master_opd` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `master_opd` (`id`, `name`) VALUES
(1, 'Dinas Loket'),
(2, 'Dinas Antariksa');

CREATE TABLE `master_pekerjaan` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `master_pekerjaan` (`id`, `name`) VALUES
(1, 'Wiraswasta'),
(2, 'PNS');

CREATE TABLE `master_pendidikan` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `singkatan` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `master_pendidikan` (`id`, `name`, `singkatan`) VALUES
(1, 'S1', 'S1'),
(2, 'SMA/SMK', 'SMA');

CREATE TABLE `pertanyaan` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_survey` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_indikator` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `pertanyaan` (`id`, `id_survey`, `id_indikator`, `name`) VALUES
(1, 21, 1, '?'),
(2, 21, 2, '?'),
(3, 21, 3, '?'),
(4, 21, 4, '?'),
(5, 21, 5, '?'),
(6, 21, 6, '?'),
(7, 21, 7, '?'),
(8, 21, 8, '?'),
(9, 21, 9, '?'),
(10, 21, 10, '?');

CREATE TABLE `pilihan_jawaban` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_pertanyaan` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `bobot` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `pilihan_jawaban` (`id`, `id_pertanyaan`, `name`, `bobot`) VALUES
(11, 1, NULL, 1),
(12, 1, NULL, 2),
(13, 1, NULL, 3),
(14, 1, NULL, 4),
(15, 1, NULL, 5),
(21, 2, NULL, 1),
(22, 2, NULL, 2),
(23, 2, NULL, 3),
(24, 2, NULL, 4),
(25, 2, NULL, 5),
(31, 3, NULL, 1),
(32, 3, NULL, 2),
(33, 3, NULL, 3),
(34, 3, NULL, 4),
(35, 3, NULL, 5),
(41, 4, NULL, 1),
(42, 4, NULL, 2),
(43, 4, NULL, 3),
(44, 4, NULL, 4),
(45, 4, NULL, 5),
(51, 5, NULL, 1),
(52, 5, NULL, 2),
(53, 5, NULL, 3),
(54, 5, NULL, 4),
(55, 5, NULL, 5),
(61, 6, NULL, 1),
(62, 6, NULL, 2),
(63, 6, NULL, 3),
(64, 6, NULL, 4),
(65, 6, NULL, 5),
(71, 7, NULL, 1),
(72, 7, NULL, 2),
(73, 7, NULL, 3),
(74, 7, NULL, 4),
(75, 7, NULL, 5),
(81, 8, NULL, 1),
(82, 8, NULL, 2),
(83, 8, NULL, 3),
(84, 8, NULL, 4),
(85, 8, NULL, 5),
(91, 9, NULL, 1),
(92, 9, NULL, 2),
(93, 9, NULL, 3),
(94, 9, NULL, 4),
(95, 9, NULL, 5),
(101, 10, NULL, 1),
(102, 10, NULL, 2),
(103, 10, NULL, 3),
(104, 10, NULL, 4),
(105, 10, NULL, 5);

CREATE TABLE `respondens` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_survey` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_pendidikan` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_pekerjaan` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `umur` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `gender` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `keterangan` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `created_at` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `respondens` (`id`, `id_survey`, `id_pendidikan`, `id_pekerjaan`, `name`, `umur`, `gender`, `keterangan`, `created_at`) VALUES
(101, 21, 1, 1, 'Siti Aminah', 34, 'perempuan', NULL, '2025-03-04 09:10:11'),
(102, 21, 1, 1, 'Siti Aminah', 34, 'perempuan', NULL, '2025-03-04 09:10:11'),
(103, 21, 1, 1, 'Siti Aminah', 34, 'perempuan', NULL, '2025-03-04 09:10:11');

CREATE TABLE `survey` (
  `id` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `id_layanan_opd` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `name` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `start_date` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  `end_date` varchar(255) COLLATE utf8mb4_unicode_ci DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO `survey` (`id`, `id_layanan_opd`, `name`, `start_date`, `end_date`) VALUES
(21, 11, 'SKM 2025', '2025-01-01', '2025-06-30'),
(22, 11, 'SKM 2025 lagi', '2025-01-01', '2025-06-30'),
(23, 12, 'Roket', '2025-01-01', '2025-06-30');

