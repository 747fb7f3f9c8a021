-- A small self-made dump in the shape of a MySQL copy.
SET NAMES utf8mb4;
DROP TABLE IF EXISTS `unor`;
CREATE TABLE `unor`  (
  `KD_UNOR` varchar(10) NOT NULL,
  `NM_UNOR` varchar(100) NULL DEFAULT NULL,
  `AL_UNOR` varchar(70) NULL DEFAULT NULL,
  `NIP` varchar(10) NULL DEFAULT NULL,
  `SIMPEG_ID` varchar(10) NULL DEFAULT NULL,
  PRIMARY KEY (`KD_UNOR`) USING BTREE
) ENGINE = InnoDB;
INSERT INTO `unor` VALUES ('8800000000', 'Pemerintah Kabupaten Contoh', 'Jl. Contoh No. 1, Kota', '8800000000', '');
INSERT INTO `unor` VALUES ('8801000000', 'Dinas Pendidikan', NULL, '8801000000', '01'), ('8801000002', 'SD Ma\'arif "Contoh"', NULL, '8801000000', '');
INSERT INTO `unor` VALUES ('8801000003', 'Tim Lama', NULL, '8899000000', NULL);
INSERT INTO `unor` VALUES ('8801000004', 'Kelompok ''Tanpa'' Induk', NULL, NULL, NULL);
