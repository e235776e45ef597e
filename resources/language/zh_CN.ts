<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>rsfusion</name>
  <message>
   <source>date line</source>
   <translation>日期变更线</translation>
  </message>
  <message>
   <source>%1 and %2 lie at 180 degrees of longitude, where the coordinates of %3 begin anew, so they cannot be laid on each other</source>
   <translation>%1 和 %2 位于经度 180 度处，%3 的坐标在此重新开始，因此两者无法叠合</translation>
  </message>
  <message>
   <source>reproject both into a CRS that goes on there, such as that of UTM zone 1 or 60</source>
   <translation>请将两者重投影到坐标在此处连续的 CRS，例如 UTM 1 带或 60 带的 CRS</translation>
  </message>
  <message>
   <source>grid alignment</source>
   <translation>格网对齐</translation>
  </message>
  <message>
   <source>%1's grid is rotated by %2 degrees against %3's</source>
   <translation>%1 的格网相对于 %3 的格网旋转了 %2 度</translation>
  </message>
  <message>
   <source>set COREGISTRATION to 'correct' to warp %1, or correct the georeferencing that is wrong</source>
   <translation>请将 COREGISTRATION 设为 'correct' 以对 %1 作变形校正，或改正有误的地理参考</translation>
  </message>
  <message>
   <source>%1's pixel corners lie %2 columns and %3 rows off those of %4 (%5 pixels, corners of pixels as areas)</source>
   <translation>%1 的像元角点与 %4 的像元角点相差 %2 列和 %3 行（以 %5 像元计，像元按面取角点）</translation>
  </message>
  <message>
   <source>%1; %2 is interpolated at its true position</source>
   <translation>%1；%2 在其真实位置上插值</translation>
  </message>
  <message>
   <source>%1 is warped onto a grid that nests in %2's</source>
   <translation>%1 经变形校正转到与 %2 的格网嵌套的格网上</translation>
  </message>
  <message>
   <source>%1's grid is sheared: its columns are turned by %2 degrees against its rows</source>
   <translation>%1 的格网有切变：其列相对于行转动了 %2 度</translation>
  </message>
  <message>
   <source>The ratio of %1 to %2 is not a whole number, so the grids do not nest</source>
   <translation>%1 与 %2 的像元大小比不是整数，因此格网不嵌套</translation>
  </message>
  <message>
   <source>resample %1 onto a grid that nests, or use another COREGISTRATION</source>
   <translation>请将 %1 重采样到嵌套的格网上，或改用其他 COREGISTRATION</translation>
  </message>
  <message>
   <source>set COREGISTRATION to 'warn' or 'correct' to interpolate at the true position</source>
   <translation>请将 COREGISTRATION 设为 'warn' 或 'correct'，以在真实位置上插值</translation>
  </message>
  <message>
   <source>%1 and is warped onto it</source>
   <translation>%1，将经变形校正转到该格网上</translation>
  </message>
  <message>
   <source>The grids of %1 and %2 nest</source>
   <translation>%1 与 %2 的格网嵌套</translation>
  </message>
  <message>
   <source>reproject %1 first to choose how it is done</source>
   <translation>请先将 %1 重投影，以自行选择方式</translation>
  </message>
  <message>
   <source>overlap</source>
   <translation>重叠</translation>
  </message>
  <message>
   <source>%1 covers %2 % of %3</source>
   <translation>%1 覆盖了 %2% 的 %3</translation>
  </message>
  <message>
   <source>%1 does not overlap %2</source>
   <translation>%1 与 %2 不重叠</translation>
  </message>
  <message>
   <source>choose rasters of one area, or correct the CRS that one of them was given</source>
   <translation>请选择同一区域的栅格，或改正其中之一所指定的 CRS</translation>
  </message>
  <message>
   <source>so the result covers the intersection only</source>
   <translation>因此结果只覆盖交集</translation>
  </message>
  <message>
   <source>the rest is computed without it</source>
   <translation>其余部分不使用它计算</translation>
  </message>
  <message>
   <source>resolution ratio</source>
   <translation>分辨率比</translation>
  </message>
  <message>
   <source>%1 pixels are %2 as those of %3</source>
   <translation>%1 的像元为 %3 像元的 %2</translation>
  </message>
  <message>
   <source>%1 has coarser pixels than %2 (%3 times as large)</source>
   <translation>%1 的像元比 %2 的粗（为其 %3 倍）</translation>
  </message>
  <message>
   <source>expected the finer pixels in %1, so exchange %2 and %3</source>
   <translation>应由 %1 提供较细的像元，因此请交换 %2 和 %3</translation>
  </message>
  <message>
   <source>as large</source>
   <translation>1 倍</translation>
  </message>
  <message>
   <source>%1 times as large</source>
   <translation>%1 倍</translation>
  </message>
  <message>
   <source>%1 pixels are %2 times as wide but %3 times as high as %4's</source>
   <translation>%1 的像元宽为 %4 的 %2 倍，而高为 %3 倍</translation>
  </message>
  <message>
   <source>resample %1 to pixels of the same shape</source>
   <translation>请将 %1 重采样为形状相同的像元</translation>
  </message>
  <message>
   <source>%1 has pixels as small as those of %2</source>
   <translation>%1 的像元与 %2 的一样小</translation>
  </message>
  <message>
   <source>this fusion takes %1 to %2 times larger ones, so give %3 as it was delivered</source>
   <translation>此融合要求像元大 %1 至 %2 倍，因此请提供原始交付的 %3</translation>
  </message>
  <message>
   <source>this fusion takes %1 to %2; resample %3 or choose another network</source>
   <translation>此融合要求 %1 至 %2；请对 %3 重采样，或选择其他网络</translation>
  </message>
  <message>
   <source>same crs</source>
   <translation>CRS 一致性</translation>
  </message>
  <message>
   <source>Neither %1 nor %2</source>
   <translation>%1 和 %2 均无</translation>
  </message>
  <message>
   <source>from %1 to %2</source>
   <translation>从 %1 到 %2</translation>
  </message>
  <message>
   <source>%1 with an accuracy of %2 %3 pixels</source>
   <translation>%1，精度为 %2 个 %3 像元</translation>
  </message>
  <message>
   <source>%1 has no CRS but %2 has one</source>
   <translation>%1 没有 CRS，而 %2 有</translation>
  </message>
  <message>
   <source>assign the CRS of %1 (Layer &gt; Set Layer CRS, or gdal_edit.py -a_srs)</source>
   <translation>请指定 %1 的 CRS（图层 &gt; 设置图层CRS，或 gdal_edit.py -a_srs）</translation>
  </message>
  <message>
   <source>%1 has a CRS, so they are taken to share one frame</source>
   <translation>%1 CRS，因此视为处于同一坐标框架</translation>
  </message>
  <message>
   <source>assign their CRS if that is wrong</source>
   <translation>如果不对，请指定其 CRS</translation>
  </message>
  <message>
   <source>%1 is georeferenced, so they are taken to cover the same area, as their sizes allow</source>
   <translation>%1地理参考，因此在其大小允许的范围内视为覆盖同一区域</translation>
  </message>
  <message>
   <source>georeference them if that is wrong</source>
   <translation>如果不对，请为其建立地理参考</translation>
  </message>
  <message>
   <source>%1 must be transformed %2, for which PROJ has no exact operation or lacks its grid file</source>
   <translation>%1 须%2 转换，而 PROJ 没有与之对应的精确操作，或缺少其格网文件</translation>
  </message>
  <message>
   <source>install the grid file (projsync) or reproject with the right datum shift first</source>
   <translation>请安装格网文件（projsync），或先按正确的基准面转换进行重投影</translation>
  </message>
  <message>
   <source>%1 is transformed %2 with an accuracy that PROJ does not state</source>
   <translation>%1 将%2 转换，其精度 PROJ 未注明</translation>
  </message>
  <message>
   <source>compare the two in the map</source>
   <translation>请在地图中比较两者</translation>
  </message>
  <message>
   <source>Coordinates do not change %1</source>
   <translation>坐标%1 不变</translation>
  </message>
  <message>
   <source>assign one CRS to both if %1 lies right</source>
   <translation>如果 %1 的位置正确，请为两者指定同一 CRS</translation>
  </message>
  <message>
   <source>%1 is transformed %2</source>
   <translation>%1 将%2 转换</translation>
  </message>
  <message>
   <source>reproject %1 first</source>
   <translation>请先将 %1 重投影</translation>
  </message>
  <message>
   <source>reproject %1 with an operation that is accurate to %2 pixels</source>
   <translation>请用精度达 %2 像元的操作将 %1 重投影</translation>
  </message>
  <message>
   <source>%1 has the CRS of %2</source>
   <translation>%1 与 %2 的 CRS 相同</translation>
  </message>
  <message>
   <source>bands that show the same things with REFERENCE_BANDS and SECONDARY_BANDS</source>
   <translation>用 REFERENCE_BANDS 和 SECONDARY_BANDS 指定反映相同内容的波段</translation>
  </message>
  <message>
   <source>%1 pixels that were searched</source>
   <translation>已搜索的 %1 像元</translation>
  </message>
  <message>
   <source>The shift of SECONDARY against REFERENCE is uncertain (confidence %1, expected at least 0.5, within %2 pixels); choose %3, larger parts of the rasters, or a larger MAX_SHIFT.</source>
   <translation>SECONDARY 相对于 REFERENCE 的偏移不确定（在 %2 像元范围内置信度为 %1，应不低于 0.5）；请%3，选择栅格中更大的部分，或增大 MAX_SHIFT。</translation>
  </message>
  <message>
   <source>SECONDARY has no georeferencing that a correction could be written into; set ON_REFERENCE_GRID to resample it onto the pixels of REFERENCE.</source>
   <translation>SECONDARY 没有可写入改正的地理参考；请启用 ON_REFERENCE_GRID，将其重采样到 REFERENCE 的像元上。</translation>
  </message>
  <message>
   <source>%1; RMSE %2 pixels</source>
   <translation>%1；RMSE 为 %2 像元</translation>
  </message>
  <message>
   <source>METHOD '%1' lowers the RMSE from %2 to %3 pixels</source>
   <translation>METHOD '%1' 将 RMSE 从 %2 降至 %3 像元</translation>
  </message>
  <message>
   <source>SECONDARY may lie farther off REFERENCE than the %1; raise MAX_SHIFT.</source>
   <translation>SECONDARY 相对于 REFERENCE 的偏离可能超过%1；请增大 MAX_SHIFT。</translation>
  </message>
  <message>
   <source>SECONDARY and REFERENCE share no place with enough valid pixels and structure to be compared; choose %1, a smaller MAX_SHIFT, or larger rasters.</source>
   <translation>SECONDARY 和 REFERENCE 没有可供比较、有效像元和结构都足够的公共位置；请%1，减小 MAX_SHIFT，或选择更大的栅格。</translation>
  </message>
  <message>
   <source>%1 is '%2'; expected one of %3.</source>
   <translation>%1 为 '%2'；应为以下之一：%3。</translation>
  </message>
  <message>
   <source>Beyond shift, rotation, scale and shear, %1</source>
   <translation>除偏移、旋转、缩放和切变之外，%1</translation>
  </message>
  <message>
   <source>SECONDARY lies on REFERENCE within TOLERANCE already (%1 of %2 pixels), so it is written as it lies</source>
   <translation>SECONDARY 与 REFERENCE 的重合已在 TOLERANCE 之内（%1 像元，容差 %2 像元），因此按原位写出</translation>
  </message>
  <message>
   <source>and not with enough confidence (%1)</source>
   <translation>且置信度不足（%1）</translation>
  </message>
  <message>
   <source>METHOD '%1' would leave an RMSE of %2 pixels%3 where it is %4, so it is not applied and SECONDARY is written as it lies</source>
   <translation>METHOD '%1' 会使 RMSE 为 %2 像元%3，而原来为 %4，因此不予应用，SECONDARY 按原位写出</translation>
  </message>
  <message>
   <source>REFERENCE and the corrected SECONDARY share no pixel; choose rasters of one area.</source>
   <translation>REFERENCE 与改正后的 SECONDARY 没有公共像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>SECONDARY has rational polynomial coefficients (RPC), which the result does not get</source>
   <translation>SECONDARY 具有有理多项式系数（RPC），结果不会保留</translation>
  </message>
  <message>
   <source>METHOD '%1' needs at least %2 places where REFERENCE and SECONDARY agree, but there are %3; raise MESH where the rasters are large, or choose METHOD 'shift'.</source>
   <translation>METHOD '%1' 需要 REFERENCE 与 SECONDARY 至少在 %2 个位置相符，而只有 %3 个；若栅格较大，请增大 MESH，或将 METHOD 选为 'shift'。</translation>
  </message>
  <message>
   <source>what must be added to the secondary to the right, reference pixels</source>
   <translation>待配准栅格向右须加上的量，以参考栅格像元为单位</translation>
  </message>
  <message>
   <source>what must be added to the secondary downwards, reference pixels</source>
   <translation>待配准栅格向下须加上的量，以参考栅格像元为单位</translation>
  </message>
  <message>
   <source>#CRS: %1</source>
   <translation>#CRS: %1</translation>
  </message>
  <message>
   <source>%1: no chip agrees, so there are no control points; leave %2 empty.</source>
   <translation>%1：没有相符的匹配窗口，因此没有控制点；请将 %2 留空。</translation>
  </message>
  <message>
   <source>%1 is not georeferenced but %2 is; georeference %3, or remove it from both.</source>
   <translation>%1 没有地理参考，而 %2 有；请为 %3 建立地理参考，或去掉两者的地理参考。</translation>
  </message>
  <message>
   <source>Neither %1 (%2 x %3 pixels) nor %4 (%5 x %6) is georeferenced; expected sizes with one whole ratio, so georeference or crop them.</source>
   <translation>%1（%2 x %3 像元）和 %4（%5 x %6）均没有地理参考；其大小之比应为同一整数，因此请建立地理参考或裁剪。</translation>
  </message>
  <message>
   <source>Measuring the shift takes a second or two, and at most about %1 seconds of one core where it has to be looked for.</source>
   <translation>测量偏移需要一两秒，需要搜索时最多占用单个核心约 %1 秒。</translation>
  </message>
  <message>
   <source>Measuring the shift takes a few seconds.</source>
   <translation>测量偏移需要几秒。</translation>
  </message>
  <message>
   <source>%1 and %2 share no pixel; choose rasters of one area.</source>
   <translation>%1 和 %2 没有公共像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands but band %4 is to be compared; choose from 1 to %5.</source>
   <translation>%1：'%2' 有 %3 个波段，而要比较的是波段 %4；请在 1 至 %5 中选择。</translation>
  </message>
  <message>
   <source>SECONDARY lies on REFERENCE: %1.</source>
   <translation>SECONDARY 与 REFERENCE 重合：%1。</translation>
  </message>
  <message>
   <source>It is uncertain how SECONDARY lies on REFERENCE</source>
   <translation>SECONDARY 与 REFERENCE 的相对位置不确定</translation>
  </message>
  <message>
   <source>%1: within %2 reference pixels they show too little common structure (confidence %3); choose bands that show the same, larger parts of the rasters, or a larger MAX_SHIFT if they may lie farther apart.</source>
   <translation>%1：在 %2 个参考栅格像元的范围内，两者的共同结构太少（置信度 %3）；请选择反映相同内容的波段、栅格中更大的部分，如果可能相距更远，则增大 MAX_SHIFT。</translation>
  </message>
  <message>
   <source>What must be added to SECONDARY at each chip: the arrows' lengths follow the legend, not the frame, which is the common area; very long ones are cut. Chips that do not fit the others are left out of the numbers.</source>
   <translation>各匹配窗口处 SECONDARY 须加上的量：箭头长度以图例为准，与图框无关，图框为公共区域；过长的箭头被截断。与其他窗口不相符的匹配窗口从数值中剔除。</translation>
  </message>
  <message>
   <source>How many chips lie how many pixels off, before and after the measured shift.</source>
   <translation>匹配窗口数按偏离像元数的分布，改正测得的偏移前后。</translation>
  </message>
  <message>
   <source>SECONDARY does not lie on REFERENCE: %1; add (%2, %3) to its map coordinates, or run rsfusion:coregister.</source>
   <translation>SECONDARY 与 REFERENCE 不重合：%1；请在其地图坐标上加 (%2, %3)，或运行 rsfusion:coregister。</translation>
  </message>
  <message>
   <source>SECONDARY lies on REFERENCE as a whole (%1), but parts of it are off by %2 pixels on average; rsfusion:coregister can correct local distortion.</source>
   <translation>SECONDARY 整体上与 REFERENCE 重合（%1），但其部分区域平均偏离 %2 像元；可用 rsfusion:coregister 改正局部变形。</translation>
  </message>
  <message>
   <source>%1: nowhere do both have enough valid pixels with structure, or their common part (%2 x %3 reference pixels) is too small for shifts of %4; choose other bands or rasters, or a lower MAX_SHIFT.</source>
   <translation>%1：没有任何位置使两者都有足够的有效像元和结构，或者其公共部分（%2 x %3 个参考栅格像元）对 %4 的偏移来说太小；请选择其他波段或栅格，或减小 MAX_SHIFT。</translation>
  </message>
  <message>
   <source>%1: the best match lies at the edge of the search range of %2 reference pixels, so the true shift may be larger; raise MAX_SHIFT.</source>
   <translation>%1：最佳匹配位于 %2 个参考栅格像元的搜索范围边缘，真实偏移可能更大；请增大 MAX_SHIFT。</translation>
  </message>
  <message>
   <source>reference pixels</source>
   <translation>参考栅格像元</translation>
  </message>
  <message>
   <source>%1 on %2</source>
   <translation>%1 相对于 %2</translation>
  </message>
  <message>
   <source>bands %1</source>
   <translation>波段 %1</translation>
  </message>
  <message>
   <source>all bands</source>
   <translation>所有波段</translation>
  </message>
  <message>
   <source>%1 x %2 pixels from column %3, row %4 of the common area</source>
   <translation>%1 x %2 像元，始于公共区域的第 %3 列、第 %4 行</translation>
  </message>
  <message>
   <source>map units</source>
   <translation>地图单位</translation>
  </message>
  <message>
   <source>Shift to the east (x)</source>
   <translation>向东偏移（x）</translation>
  </message>
  <message>
   <source>Shift to the north (y)</source>
   <translation>向北偏移（y）</translation>
  </message>
  <message>
   <source>Shift to the right (columns)</source>
   <translation>向右偏移（列）</translation>
  </message>
  <message>
   <source>Shift downwards (rows)</source>
   <translation>向下偏移（行）</translation>
  </message>
  <message>
   <source>Length of the shift</source>
   <translation>偏移的长度</translation>
  </message>
  <message>
   <source>Rotation, counter-clockwise</source>
   <translation>旋转角，逆时针</translation>
  </message>
  <message>
   <source>Columns stretched more than rows</source>
   <translation>列的拉伸大于行的量</translation>
  </message>
  <message>
   <source>Root mean square displacement (RMSE)</source>
   <translation>均方根位移（RMSE）</translation>
  </message>
  <message>
   <source>Left over by all of these (spread)</source>
   <translation>以上各项之后的剩余（离散程度）</translation>
  </message>
  <message>
   <source>Usable part of the common area</source>
   <translation>公共区域的可用部分</translation>
  </message>
  <message>
   <source>Chips that agree</source>
   <translation>相符的匹配窗口</translation>
  </message>
  <message>
   <source>%1 of %2</source>
   <translation>%1 / %2</translation>
  </message>
  <message>
   <source>Compared by</source>
   <translation>比较方式</translation>
  </message>
  <message>
   <source>Searched up to</source>
   <translation>搜索范围</translation>
  </message>
  <message>
   <source>Common area</source>
   <translation>公共区域</translation>
  </message>
  <message>
   <source>The shift is what must be added to the position of SECONDARY so that it lies on REFERENCE.</source>
   <translation>偏移是指为使 SECONDARY 与 REFERENCE 重合，其位置须加上的量。</translation>
  </message>
  <message>
   <source>Local displacements</source>
   <translation>局部位移</translation>
  </message>
  <message>
   <source>The common area</source>
   <translation>公共区域</translation>
  </message>
  <message>
   <source>The middle of the common area, %1 x %2 pixels</source>
   <translation>公共区域的中部，%1 x %2 像元</translation>
  </message>
  <message>
   <source>%1, %2: squares of %3 (upper left) and %4 in turn.</source>
   <translation>%1，%2：%3（左上）与 %4 的方格交替显示。</translation>
  </message>
  <message>
   <source>as they lie</source>
   <translation>原位</translation>
  </message>
  <message>
   <source>Close-up</source>
   <translation>局部放大</translation>
  </message>
  <message>
   <source>after the measured shift</source>
   <translation>改正测得的偏移后</translation>
  </message>
  <message>
   <source>residual shift</source>
   <translation>残余偏移</translation>
  </message>
  <message>
   <source>%1, more than the %2 that the fusion bears</source>
   <translation>%1，超过融合可容忍的 %2</translation>
  </message>
  <message>
   <source>set COREGISTRATION to 'correct', or correct %1 with rsfusion:coregister first</source>
   <translation>请将 COREGISTRATION 设为 'correct'，或先用 rsfusion:coregister 改正 %1</translation>
  </message>
  <message>
   <source>%1, and is moved there</source>
   <translation>%1，将移到该处</translation>
  </message>
  <message>
   <source>%1, but moving it there does not bring them closer</source>
   <translation>%1，但移到该处并未使两者更接近</translation>
  </message>
  <message>
   <source>%1's content lies %2 columns and %3 rows off that of %4 (%5 pixels, confidence %6)</source>
   <translation>%1 的内容与 %4 的内容相差 %2 列和 %3 行（以 %5 像元计，置信度 %6）</translation>
  </message>
  <message>
   <source>%1, is turned by %2 degrees</source>
   <translation>%1，旋转了 %2 度</translation>
  </message>
  <message>
   <source>The shift between %1 and %2 cannot be measured</source>
   <translation>%1 与 %2 之间的偏移无法测量</translation>
  </message>
  <message>
   <source>%1 with confidence (%2): they show too little common structure</source>
   <translation>%1，置信度不足（%2）：两者的共同结构太少</translation>
  </message>
  <message>
   <source>%1, within the %2 that the fusion bears</source>
   <translation>%1，在融合可容忍的 %2 之内</translation>
  </message>
  <message>
   <source>%1, but parts of it still lie %2 pixels off</source>
   <translation>%1，但其部分区域仍偏离 %2 像元</translation>
  </message>
  <message>
   <source>correct the local distortion of %1 with rsfusion:coregister first</source>
   <translation>请先用 rsfusion:coregister 改正 %1 的局部变形</translation>
  </message>
  <message>
   <source>%1; %2 pixels remain</source>
   <translation>%1；尚余 %2 像元</translation>
  </message>
  <message>
   <source>%1, so it stays</source>
   <translation>%1，因此保持原位</translation>
  </message>
  <message>
   <source>compare %1 with it in the map</source>
   <translation>请在地图中与 %1 比较</translation>
  </message>
  <message>
   <source>%1, is stretched by %2 %</source>
   <translation>%1，缩放了 %2 %</translation>
  </message>
  <message>
   <source>%1, is sheared</source>
   <translation>%1，并有切变</translation>
  </message>
  <message>
   <source>%1: no place has enough valid pixels with structure</source>
   <translation>%1：没有有效像元和结构都足够的位置</translation>
  </message>
  <message>
   <source>%1: it may lie beyond the search range</source>
   <translation>%1：它可能超出搜索范围</translation>
  </message>
  <message>
   <source>left as it is</source>
   <translation>保持原位</translation>
  </message>
  <message>
   <source>SECONDARIES names no raster; choose at least one, or a FOLDER that has some.</source>
   <translation>SECONDARIES 未指定栅格；请至少选择一个，或选择含有栅格的 FOLDER。</translation>
  </message>
  <message>
   <source>OUTPUT_FOLDER: '%1' is no folder; create it or choose another one.</source>
   <translation>OUTPUT_FOLDER：'%1' 不是文件夹；请创建它，或选择其他文件夹。</translation>
  </message>
  <message>
   <source>Shift, columns</source>
   <translation>偏移，列方向</translation>
  </message>
  <message>
   <source>RMSE before</source>
   <translation>改正前的 RMSE</translation>
  </message>
  <message>
   <source>%1 of %2 rasters were told with confidence and written.</source>
   <translation>%2 个栅格中有 %1 个得到可靠确定并已写出。</translation>
  </message>
  <message>
   <source>%1 loops do not close within %2 pixel: look at those rasters.</source>
   <translation>有 %1 个环路的闭合差超过 %2 像元：请检查这些栅格。</translation>
  </message>
  <message>
   <source>%1 rasters on %2</source>
   <translation>%1 个栅格配准到 %2</translation>
  </message>
  <message>
   <source>All rasters</source>
   <translation>所有栅格</translation>
  </message>
  <message>
   <source>Shifts are what was added, in reference pixels, RMSE likewise; degrees counter-clockwise. Loop: by how much reference, the raster before, this one and the reference again do not close.</source>
   <translation>偏移为所加上的量，以参考栅格像元为单位，RMSE 亦然；角度以度为单位，逆时针。环路：参考栅格、前一个栅格、本栅格再回到参考栅格的闭合差。</translation>
  </message>
  <message>
   <source>Not written</source>
   <translation>未写出</translation>
  </message>
  <message>
   <source>What was added at each chip.</source>
   <translation>各匹配窗口处所加上的量。</translation>
  </message>
  <message>
   <source>How many chips lie how many pixels off, before and after.</source>
   <translation>匹配窗口数按偏离像元数的分布，改正前后。</translation>
  </message>
  <message>
   <source>%1 agree</source>
   <translation>%1 个相符</translation>
  </message>
  <message>
   <source>%1 left out</source>
   <translation>%1 个剔除</translation>
  </message>
  <message>
   <source>METHOD '%1' is chosen: on chips left out of the fit the errors are %2 pixels</source>
   <translation>选择了 METHOD '%1'：在未参与拟合的匹配窗口上，误差为 %2 像元</translation>
  </message>
  <message>
   <source>what is left changes from column to column alone, as between the detectors of a push-broom scanner</source>
   <translation>剩余部分只随列变化，如同推扫式扫描仪的探测器之间</translation>
  </message>
  <message>
   <source>what is left runs along one direction (%1 degrees from the columns' axis), as parallax over relief does: a terrain model (orthorectification) corrects it better than a warp</source>
   <translation>剩余部分沿一个方向（与列轴成 %1 度），如同地形起伏造成的视差：用地形模型改正（正射校正）优于变形校正</translation>
  </message>
  <message>
   <source>%1 is right for %2 of %3 reference pixels in %4 regions%5; the mean of the classes is %6.</source>
   <translation>%1在 %4 个区域的 %3 个参考像元中有 %2 正确%5；各类别的均值为 %6。</translation>
  </message>
  <message>
   <source>'%1' is found least (%2), most often it is taken for '%3'.</source>
   <translation>'%1' 的识别率最低（%2），最常被误判为 '%3'。</translation>
  </message>
  <message>
   <source>(95 % interval %1 to %2 %)</source>
   <translation>（95% 置信区间 %1 至 %2%）</translation>
  </message>
  <message>
   <source>No reference pixel is wrong.</source>
   <translation>没有错误的参考像元。</translation>
  </message>
  <message>
   <source>Confusion matrix</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>Rows: what the %1 says; columns: what the %2 says; numbers of pixels, shaded by the share of their row. Producer's accuracy (PA, recall) tells how much of a class the %3 has found, user's accuracy (UA, precision) how much of what the %4 calls so is right.</source>
   <translation>行：%1 的类别；列：%2 的类别；数值为像元数，按占所在行的比例着色。生产者精度（PA，召回率）说明 %3 找到了某一类别的多少，用户精度（UA，精确率）说明 %4 判为该类别的有多少是正确的。</translation>
  </message>
  <message>
   <source>Class by class</source>
   <translation>逐类别</translation>
  </message>
  <message>
   <source>A boundary pixel counts as found where the other map has one of that class within %1 pixels.</source>
   <translation>若另一幅图在 %1 像元之内有该类别的边界像元，则该边界像元视为找到。</translation>
  </message>
  <message>
   <source>95 % interval</source>
   <translation>95% 置信区间</translation>
  </message>
  <message>
   <source>boundary F1</source>
   <translation>边界 F1</translation>
  </message>
  <message>
   <source>%1: '%2' has no class anywhere, only nodata; choose another raster.</source>
   <translation>%1：'%2' 处处没有类别，只有无数据；请选择其他栅格。</translation>
  </message>
  <message>
   <source>%1 has samples only where %2 has no class; choose samples inside its area of data.</source>
   <translation>%1 的样本只落在 %2 没有类别之处；请在其有数据的区域内选取样本。</translation>
  </message>
  <message>
   <source>%1 lacks the class %2, which %3 has: its samples count as errors.</source>
   <translation>%1 缺少类别 %2，而 %3 有：其样本计为错误。</translation>
  </message>
  <message>
   <source>%1 has no sample of the class %2, which covers %3 % of %4.</source>
   <translation>%1 没有类别 %2 的样本，该类别覆盖 %4 的 %3%。</translation>
  </message>
  <message>
   <source>%1 of %2 where %3 has no class took no part.</source>
   <translation>%2 中落在 %3 无类别之处的 %1 未参与。</translation>
  </message>
  <message>
   <source>No interval can be given for a class with a single region in %1: %2.</source>
   <translation>在 %1 中只有一个区域的类别无法给出区间：%2。</translation>
  </message>
  <message>
   <source>%1: '%2' holds more than %3 different values; expected class codes, so choose a classified raster.</source>
   <translation>%1：'%2' 含有 %3 个以上不同的值；应为类别代码，因此请选择分类后的栅格。</translation>
  </message>
  <message>
   <source>The map counts its own errors as area. Estimated: the map's areas corrected by the errors that the reference shows, with 95 % intervals (stratified estimator; Olofsson et al. 2014, doi:10.1016/j.rse.2014.02.015). This holds where the reference was drawn at random within each class of the map; polygons that were drawn where a class is easy to see make the numbers look better than they are.</source>
   <translation>分类图会把自身的错误也计为面积。估计值：按参考数据显示的错误对分类图的面积进行改正，并给出 95% 置信区间（分层估计；Olofsson et al. 2014，doi:10.1016/j.rse.2014.02.015）。这要求参考数据在分类图的每个类别内随机抽取；若多边形画在类别容易辨认之处，数值会偏好。</translation>
  </message>
  <message>
   <source>The map</source>
   <translation>分类图</translation>
  </message>
  <message>
   <source>Area of the classes</source>
   <translation>各类别面积</translation>
  </message>
  <message>
   <source>How it was measured</source>
   <translation>测量方式</translation>
  </message>
  <message>
   <source>Share of each class, in percent of the map.</source>
   <translation>各类别占分类图的百分比。</translation>
  </message>
  <message>
   <source>Reference pixels</source>
   <translation>参考像元</translation>
  </message>
  <message>
   <source>Reference pixels where the map has no class</source>
   <translation>分类图无类别处的参考像元</translation>
  </message>
  <message>
   <source>%1 polygons, points or connected patches</source>
   <translation>%1 个多边形、点或相连斑块</translation>
  </message>
  <message>
   <source>Pixels of the map with a class</source>
   <translation>分类图中有类别的像元</translation>
  </message>
  <message>
   <source>95 %, from %1 draws of whole regions with replacement: neighbouring pixels of one region are not taken for independent</source>
   <translation>95%，由对整个区域的 %1 次有放回抽样得到：同一区域的相邻像元不视为相互独立</translation>
  </message>
  <message>
   <source>Means over classes</source>
   <translation>各类别的均值</translation>
  </message>
  <message>
   <source>AA: classes with reference pixels; F1 and IoU: classes that the reference or the map has at a reference pixel</source>
   <translation>AA：有参考像元的类别；F1 和 IoU：参考或分类图在参考像元处出现的类别</translation>
  </message>
  <message>
   <source>The estimates speak for the %1 of the map in classes that samples fell into.</source>
   <translation>估计值只适用于分类图的 %1，即样本所落入的类别。</translation>
  </message>
  <message>
   <source>regions were drawn in %1 random groups</source>
   <translation>将区域随机分成 %1 组进行抽样</translation>
  </message>
  <message>
   <source>map, ha</source>
   <translation>分类图，公顷</translation>
  </message>
  <message>
   <source>estimated, ha</source>
   <translation>估计值，公顷</translation>
  </message>
  <message>
   <source>field %1</source>
   <translation>字段 %1</translation>
  </message>
  <message>
   <source>%1: bands %2 are called bad by its metadata, or have no contrast, so they are not compared</source>
   <translation>%1：波段 %2 被其元数据标为坏波段或没有对比度，因此不作比较</translation>
  </message>
  <message>
   <source>between the fused raster, brought back to the resolution of %1, and %2</source>
   <translation>降回 %1 分辨率的融合栅格与 %2 之间</translation>
  </message>
  <message>
   <source>bands</source>
   <translation>波段</translation>
  </message>
  <message>
   <source>between %1 and the reference</source>
   <translation>%1 与参考之间</translation>
  </message>
  <message>
   <source>band %1</source>
   <translation>波段 %1</translation>
  </message>
  <message>
   <source>PROTOCOL is '%1'; expected one of %2.</source>
   <translation>PROTOCOL 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>%1 is missing; PROTOCOL %2 needs %3, so name a raster or choose another PROTOCOL.</source>
   <translation>缺少 %1；PROTOCOL %2 需要 %3，因此请指定栅格，或选择其他 PROTOCOL。</translation>
  </message>
  <message>
   <source>RATIO is missing; ERGAS needs %1, or the size of its pixels over those of %2 as RATIO.</source>
   <translation>缺少 RATIO；ERGAS 需要 %1，或将其像元与 %2 像元的大小之比作为 RATIO 给出。</translation>
  </message>
  <message>
   <source>%1 has %2 bands, but %3 MTF gains were given for it; give one, or one for each band.</source>
   <translation>%1 有 %2 个波段，却给出了 %3 个 MTF 增益；请给出一个，或每个波段一个。</translation>
  </message>
  <message>
   <source>raster %1</source>
   <translation>栅格 %1</translation>
  </message>
  <message>
   <source>%1 shares no pixel with %2; choose rasters of one area.</source>
   <translation>%1 与 %2 没有公共像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>another CRS or rotation</source>
   <translation>CRS 或旋转不同</translation>
  </message>
  <message>
   <source>pixels %1 times as large</source>
   <translation>像元大小为 %1 倍</translation>
  </message>
  <message>
   <source>%1 has %2, expected the pixels of %3; warp %4 onto its grid first.</source>
   <translation>%1 不符（%2）；应采用 %3 的像元；请先对 %4 作变形校正，转到其格网上。</translation>
  </message>
  <message>
   <source>%1 lies %2 pixels off the pixels of %3, expected a whole number; warp %4 onto the grid of %5 first.</source>
   <translation>%1 与 %3 的像元相差 %2 像元，应为整数；请先对 %4 作变形校正，转到 %5 的格网上。</translation>
  </message>
  <message>
   <source>%1 has another CRS than %2 or is rotated against it, so it cannot be compared in its own pixels; warp %3 first (gdalwarp, or Raster &gt; Projections &gt; Warp).</source>
   <translation>%1 与 %2 的 CRS 不同，或相对其旋转，因此无法在其自身像元上比较；请先对 %3 作变形校正（gdalwarp，或栅格 &gt; 投影 &gt; 变形 (重投影)）。</translation>
  </message>
  <message>
   <source>%1 times</source>
   <translation>大小为 %1 倍</translation>
  </message>
  <message>
   <source>as small as</source>
   <translation>同样大小</translation>
  </message>
  <message>
   <source>%1: its pixels are %2 those of %3; expected %4 to %5 times, so choose the coarse %6%7.</source>
   <translation>%1：与 %3 的像元相比，其像元%2；应为 %4 至 %5 倍，因此请选择粗分辨率的 %6%7。</translation>
  </message>
  <message>
   <source>%1 has no whole pixel inside %2; choose rasters of one area.</source>
   <translation>%1 在 %2 内没有完整的像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected %4, so extract the right %5 first (gdal_translate -b, or Raster &gt; Conversion &gt; Translate).</source>
   <translation>%1：'%2' 有 %3 个波段；应为 %4 个，因此请先提取正确的 %5（gdal_translate -b，或栅格 &gt; 转换 &gt; 转换 (格式转换)）。</translation>
  </message>
  <message>
   <source>%1 has %2 bands and %3 %4; expected the same bands in both, so choose the rasters that belong together.</source>
   <translation>%1 有 %2 个波段，而 %3 有 %4 个；两者波段应相同，因此请选择彼此对应的栅格。</translation>
  </message>
  <message>
   <source>smaller (%1 times) than</source>
   <translation>更小（%1 倍）</translation>
  </message>
  <message>
   <source>or exchange the two where they were mixed up</source>
   <translation>若两者弄混则请交换</translation>
  </message>
  <message>
   <source>%1 has no valid pixel in common with the others; check its nodata value.</source>
   <translation>%1 与其他栅格没有公共的有效像元；请检查其无数据值。</translation>
  </message>
  <message>
   <source>%1 has %2 x %3 pixels on %4; expected at least %5 either way, so that something can be measured on a reduced pair; choose a larger pair.</source>
   <translation>%1 在 %4 上有 %2 x %3 像元；两个方向均应至少为 %5，才能在降分辨率影像对上测量；请选择更大的影像对。</translation>
  </message>
  <message>
   <source>They are no errors: the true scene has fine colours of its own, too, so the lowest number is not the best. Compare with BT-H and MTF-GLP-FS on the same rasters.</source>
   <translation>这些值并非误差：真实地物本身也有细微的色彩，因此数值最小的并不一定最好。请在相同栅格上与 BT-H 和 MTF-GLP-FS 比较。</translation>
  </message>
  <message>
   <source>Compared with a reference image, pixel by pixel.</source>
   <translation>与参考影像逐像元比较。</translation>
  </message>
  <message>
   <source>Without a reference: the fused raster is brought back to the %1's resolution with the sensor's blur and compared with it (spectral quality), and compared with the %2 (spatial quality). These indices do not replace a reference: a fused image can be consistent with both inputs and still be wrong.</source>
   <translation>无参考：将融合栅格按传感器的模糊降到 %1 的分辨率并与之比较（光谱质量），再与 %2 比较（空间质量）。这些指标不能代替参考：融合影像可能与两个输入都一致，却仍是错误的。</translation>
  </message>
  <message>
   <source>Wald's protocol: %1 and %2 were made coarser by their ratio with the sensor's blur, %3 where %4 really lies on it, fused, and compared with the original %5. What is measured is the method on this scene one scale coarser than it will be used.</source>
   <translation>Wald 协议：将 %1 和 %2 按其像元大小比和传感器的模糊降低分辨率，%3 置于 %4 实际所在的位置，然后融合，并与原始的 %5 比较。所测量的是该方法在本景影像上比实际使用时粗一级尺度的表现。</translation>
  </message>
  <message>
   <source>RMSE, % of the band's mean</source>
   <translation>RMSE，占波段均值的 %</translation>
  </message>
  <message>
   <source>%1 is not better than plain interpolation (%2) in %3.</source>
   <translation>%1 在 %3 上不优于单纯插值（%2）。</translation>
  </message>
  <message>
   <source>%1 is moved by %2, %3 map units, as it was for the fusion</source>
   <translation>%1 移动了 %2、%3 地图单位，与融合时相同</translation>
  </message>
  <message>
   <source>Measured against the reference; without %1 there is no interpolation to compare with.</source>
   <translation>相对于参考测量；没有 %1 就没有可供比较的插值。</translation>
  </message>
  <message>
   <source>%1 is better than plain interpolation (%2) wherever that can lose. It is not better in %3: there interpolation is ahead by construction, since it only repeats %4.</source>
   <translation>凡是插值有可能落后的指标，%1 都优于单纯插值（%2）。%3 不占优：插值只是重复 %4，在这些指标上天然领先。</translation>
  </message>
  <message>
   <source>Spectral angle, dark 0° to bright %1° and more (99th percentile); %2.</source>
   <translation>光谱角，暗处为 0°，亮处为 %1° 及以上（第 99 百分位数）；%2。</translation>
  </message>
  <message>
   <source>%1 is moved and turned as it was for the fusion</source>
   <translation>%1 已平移并旋转，与融合时相同</translation>
  </message>
  <message>
   <source>%1 is better than plain interpolation (%2) in everything that was measured.</source>
   <translation>%1 在所有测量项上都优于单纯插值（%2）。</translation>
  </message>
  <message>
   <source>what it shows</source>
   <translation>说明</translation>
  </message>
  <message>
   <source>To the eye</source>
   <translation>目视效果</translation>
  </message>
  <message>
   <source>Band by band</source>
   <translation>逐波段</translation>
  </message>
  <message>
   <source>%1, of every method.</source>
   <translation>%1，各方法。</translation>
  </message>
  <message>
   <source>%1, of every method. The table (CSV) has every number.</source>
   <translation>%1，各方法。表格（CSV）包含全部数值。</translation>
  </message>
  <message>
   <source>Where the spectra differ</source>
   <translation>光谱差异所在</translation>
  </message>
  <message>
   <source>map of spectral angles</source>
   <translation>光谱角图</translation>
  </message>
  <message>
   <source>colours of the map</source>
   <translation>图的颜色</translation>
  </message>
  <message>
   <source>Pixels compared</source>
   <translation>参与比较的像元</translation>
  </message>
  <message>
   <source>%1 rows x %2 columns</source>
   <translation>%1 行 x %2 列</translation>
  </message>
  <message>
   <source>MTF gain</source>
   <translation>MTF 增益</translation>
  </message>
  <message>
   <source>MTF gains</source>
   <translation>MTF 增益</translation>
  </message>
  <message>
   <source>Close-up at row %1, column %2</source>
   <translation>第 %1 行、第 %2 列处的局部放大</translation>
  </message>
  <message>
   <source>Ratio of the pixel sizes</source>
   <translation>像元大小比</translation>
  </message>
  <message>
   <source>MTF gains of %1 at Nyquist</source>
   <translation>%1 在奈奎斯特频率处的 MTF 增益</translation>
  </message>
  <message>
   <source>%1 of %2 at Nyquist</source>
   <translation>%2 在奈奎斯特频率处的 %1</translation>
  </message>
  <message>
   <source>Peak, for PSNR and SSIM</source>
   <translation>峰值，用于 PSNR 和 SSIM</translation>
  </message>
  <message>
   <source>Place of %1</source>
   <translation>%1 的位置</translation>
  </message>
  <message>
   <source>Measured place of %1 on %2 (rows, columns; %3 pixels)</source>
   <translation>测得的 %1 在 %2 上的位置（行、列；以 %3 像元计）</translation>
  </message>
  <message>
   <source>Noise of %1, put back onto the reduced pair (standard deviation)</source>
   <translation>加回降分辨率影像对的 %1 噪声（标准差）</translation>
  </message>
  <message>
   <source>How good is the result?</source>
   <translation>结果有多好？</translation>
  </message>
  <message>
   <source>Measured in the middle, on %1 x %2 pixels.</source>
   <translation>在中部 %1 x %2 像元上测量。</translation>
  </message>
  <message>
   <source>The quality was not measured: the run was cancelled after the result was written.</source>
   <translation>未测量质量：运行在写出结果之后被取消。</translation>
  </message>
  <message>
   <source>The quality was not measured: %1</source>
   <translation>未测量质量：%1</translation>
  </message>
  <message>
   <source>%1 has %2 bands and %3 %4, and no name of a class is in both; expected the same classes, so give the bands the same names (band descriptions).</source>
   <translation>%1 有 %2 个波段，%3 有 %4 个，且没有共同的类别名称；类别应相同，因此请为波段指定相同的名称（波段描述）。</translation>
  </message>
  <message>
   <source>%1 and %2 have no valid pixel in common; check their nodata values.</source>
   <translation>%1 与 %2 没有公共的有效像元；请检查其无数据值。</translation>
  </message>
  <message>
   <source>The shares have a root mean square error of %1, which is %2 than the true mean of each class everywhere (%3).</source>
   <translation>丰度的均方根误差为 %1，与处处采用各类别真实均值（%3）相比：%2。</translation>
  </message>
  <message>
   <source>true mean</source>
   <translation>真实均值</translation>
  </message>
  <message>
   <source>spectral angle (°)</source>
   <translation>光谱角（°）</translation>
  </message>
  <message>
   <source>not better</source>
   <translation>不更好</translation>
  </message>
  <message>
   <source>Quality of the shares</source>
   <translation>丰度质量</translation>
  </message>
  <message>
   <source>Largest distance of the sum of a pixel's shares from 1</source>
   <translation>像元丰度之和与 1 的最大偏差</translation>
  </message>
  <message>
   <source>%1 is compared with %2, class by class. All errors are in shares, 0 to 1.</source>
   <translation>%1 与 %2 逐类别比较。所有误差均以丰度计，0 至 1。</translation>
  </message>
  <message>
   <source>Errors of each class.</source>
   <translation>各类别的误差。</translation>
  </message>
  <message>
   <source>Classes that only one raster has, left out</source>
   <translation>仅一个栅格具有而未参与的类别</translation>
  </message>
  <message>
   <source>Mean spectral angle of the endmembers</source>
   <translation>端元的平均光谱角</translation>
  </message>
  <message>
   <source>The run was cancelled; nothing was written.</source>
   <translation>运行已取消；未写出任何结果。</translation>
  </message>
  <message>
   <source>correct the card</source>
   <translation>请改正模型卡</translation>
  </message>
  <message>
   <source>%1, but %2; %3.</source>
   <translation>%1，但%2；%3。</translation>
  </message>
  <message>
   <source>a number of very many digits</source>
   <translation>位数极多的数字</translation>
  </message>
  <message>
   <source>The %1 is %2</source>
   <translation>%1为 %2</translation>
  </message>
  <message>
   <source>a %1text is expected</source>
   <translation>应为 %1文本</translation>
  </message>
  <message>
   <source>The %1 has %2 characters</source>
   <translation>%1有 %2 个字符</translation>
  </message>
  <message>
   <source>at most %1 are expected</source>
   <translation>最多应为 %1</translation>
  </message>
  <message>
   <source>shorten it in the card</source>
   <translation>请在模型卡中缩短</translation>
  </message>
  <message>
   <source>a text without control characters is expected</source>
   <translation>应为不含控制字符的文本</translation>
  </message>
  <message>
   <source>true or false is expected</source>
   <translation>应为 true 或 false</translation>
  </message>
  <message>
   <source>from %1 on</source>
   <translation>不小于 %1 的</translation>
  </message>
  <message>
   <source>a finite number%1 is expected</source>
   <translation>应为%1有限数值</translation>
  </message>
  <message>
   <source>a whole number from %1 to %2 is expected</source>
   <translation>应为 %1 至 %2 的整数</translation>
  </message>
  <message>
   <source>only %1 can be used</source>
   <translation>只能使用 %1</translation>
  </message>
  <message>
   <source>The %1 are named %2</source>
   <translation>%1的名称为 %2</translation>
  </message>
  <message>
   <source>one or more different, non-empty names are expected%1</source>
   <translation>应为一个或多个互不相同的非空名称%1</translation>
  </message>
  <message>
   <source>The Python package %1 is missing, which this needs (%2); %3</source>
   <translation>缺少所需的 Python 包 %1（%2）；%3</translation>
  </message>
  <message>
   <source>python3 -m pip install onnxruntime scipy</source>
   <translation>python3 -m pip install onnxruntime scipy</translation>
  </message>
  <message>
   <source>run rsfusion:environment with INSTALL, or install it for QGIS' Python with the line %1</source>
   <translation>请启用 INSTALL 运行 rsfusion:environment，或用命令 %1 为 QGIS 的 Python 安装</translation>
  </message>
  <message>
   <source>install it for QGIS' Python with the line python3 -m pip install %1</source>
   <translation>请用命令 python3 -m pip install %1 为 QGIS 的 Python 安装</translation>
  </message>
  <message>
   <source>rasters and vector layers</source>
   <translation>栅格和矢量图层</translation>
  </message>
  <message>
   <source>shifts between images, clouds, heights, hyperspectral images</source>
   <translation>影像间偏移、云、高度、高光谱影像</translation>
  </message>
  <message>
   <source>classifiers without a network, clouds</source>
   <translation>不用网络的分类器、云</translation>
  </message>
  <message>
   <source>this Python has no pip; install it (on Debian and Ubuntu: apt install python3-pip)</source>
   <translation>此 Python 没有 pip；请安装（在 Debian 和 Ubuntu 上：apt install python3-pip）</translation>
  </message>
  <message>
   <source>The Python that belongs to this QGIS was not found, so INSTALL cannot install anything; install the packages by hand with the line %1</source>
   <translation>未找到此 QGIS 所用的 Python，因此 INSTALL 无法安装；请用命令 %1 手动安装各包</translation>
  </message>
  <message>
   <source>WHEELS is '%1', but there is no such folder; choose the folder that holds the wheels.</source>
   <translation>WHEELS 为 '%1'，但没有这个文件夹；请选择存放 wheel 包的文件夹。</translation>
  </message>
  <message>
   <source>The installation failed: %1. Nothing was changed.</source>
   <translation>安装失败：%1。未作任何改动。</translation>
  </message>
  <message>
   <source>The folder %1 cannot be written (%2); free some space there.</source>
   <translation>无法写入文件夹 %1（%2）；请在该处腾出空间。</translation>
  </message>
  <message>
   <source>No module named pip</source>
   <translation>No module named pip</translation>
  </message>
  <message>
   <source>pip said nothing</source>
   <translation>pip 没有输出</translation>
  </message>
  <message>
   <source>The folder %1 cannot be deleted (%2); start QGIS again, and do this before any other run.</source>
   <translation>无法删除文件夹 %1（%2）；请重新启动 QGIS，并在任何其他运行之前执行此操作。</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>未安装</translation>
  </message>
  <message>
   <source>cannot be imported: %1</source>
   <translation>无法导入：%1</translation>
  </message>
  <message>
   <source>%1: the folder '%2' does not exist; create it or choose another one.</source>
   <translation>%1：文件夹 '%2' 不存在；请创建它，或选择其他文件夹。</translation>
  </message>
  <message>
   <source>%1: '%2' is a folder; expected the name of a file.</source>
   <translation>%1：'%2' 是文件夹；应为文件名。</translation>
  </message>
  <message>
   <source>%1: '%2' is a device or a pipe; expected the name of a file.</source>
   <translation>%1：'%2' 是设备或管道；应为文件名。</translation>
  </message>
  <message>
   <source>%1: the folder '%2' cannot be written; choose another one.</source>
   <translation>%1：无法写入文件夹 '%2'；请选择其他文件夹。</translation>
  </message>
  <message>
   <source>%1: '%2' is open, as a layer of QGIS or in another program; remove the layer or close that program, or choose another name.</source>
   <translation>%1：'%2' 正被打开，可能是 QGIS 的图层，也可能在其他程序中；请移除该图层或关闭该程序，或选择其他名称。</translation>
  </message>
  <message>
   <source>%1: %2 cannot be written (%3); free some space or choose another folder.</source>
   <translation>%1：无法写入 %2（%3）；请腾出空间，或选择其他文件夹。</translation>
  </message>
  <message>
   <source>nothing was made</source>
   <translation>未生成任何内容</translation>
  </message>
  <message>
   <source>it is a folder</source>
   <translation>它是文件夹</translation>
  </message>
  <message>
   <source>the folder '%1'</source>
   <translation>文件夹 '%1'</translation>
  </message>
  <message>
   <source>Fused raster</source>
   <translation>融合栅格</translation>
  </message>
  <message>
   <source>What was found about the rasters and how they were fused, as a page for the browser.</source>
   <translation>栅格检查结果及融合方式，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>everything that the rasters have in common</source>
   <translation>各栅格的全部公共部分</translation>
  </message>
  <message>
   <source>Must be added to the coordinates of secondary.tif: %1 m east, %2 m north.</source>
   <translation>secondary.tif 的坐标须加上：向东 %1 米，向北 %2 米。</translation>
  </message>
  <message>
   <source>The shift is within what the fusion bears.</source>
   <translation>偏移在融合可承受的范围内。</translation>
  </message>
  <message>
   <source>The shift is more than the fusion bears.</source>
   <translation>偏移超出融合可承受的范围。</translation>
  </message>
  <message>
   <source>The shift could not be measured with certainty.</source>
   <translation>偏移无法可靠地测定。</translation>
  </message>
  <message>
   <source>was moved by it</source>
   <translation>已按其移动</translation>
  </message>
  <message>
   <source>was left as it lies</source>
   <translation>保持原位</translation>
  </message>
  <message>
   <source>%1, and turned and stretched as was measured</source>
   <translation>%1，并按测得的值旋转和缩放</translation>
  </message>
  <message>
   <source>%1 Confidence %2. %3 %4.</source>
   <translation>%1置信度 %2。%3%4。</translation>
  </message>
  <message>
   <source>What must be added to %1 at each chip.</source>
   <translation>各匹配窗口处 %1 须加上的量。</translation>
  </message>
  <message>
   <source>fall of the mean absolute error</source>
   <translation>平均绝对误差的下降量</translation>
  </message>
  <message>
   <source>share of the change of the result</source>
   <translation>结果变化的占比</translation>
  </message>
  <message>
   <source>share of pixels with the right class</source>
   <translation>类别正确的像元比例</translation>
  </message>
  <message>
   <source>probability of the true class</source>
   <translation>真实类别的概率</translation>
  </message>
  <message>
   <source>probability that the network gives the true class</source>
   <translation>网络给出真实类别的概率</translation>
  </message>
  <message>
   <source>probability of the class that all rasters together give</source>
   <translation>全部栅格共同给出的类别的概率</translation>
  </message>
  <message>
   <source>share of pixels with the class that all rasters together give</source>
   <translation>具有全部栅格共同给出的类别的像元比例</translation>
  </message>
  <message>
   <source>%1 is given, but MODEL '%2' gives an image and no classes; give a true image as REFERENCE_RASTER instead, or none.</source>
   <translation>给出了 %1，但 MODEL '%2' 输出影像而非类别；请改为将真值影像作为 REFERENCE_RASTER 给出，或都不给出。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected the %4 of the result, in its order.</source>
   <translation>%1：'%2' 有 %3 个波段；应为结果的 %4 个波段，顺序相同。</translation>
  </message>
  <message>
   <source>Measured against the reference. A value above zero means that the raster makes the result better, below zero that it makes it worse.</source>
   <translation>相对于参考测量。值大于零表示该栅格使结果变好，小于零表示使结果变差。</translation>
  </message>
  <message>
   <source>No reference was given. The values say how much of the result comes from each raster, not whether it gets better.</source>
   <translation>未给出参考。这些值说明结果有多少来自各栅格，而不说明结果是否变好。</translation>
  </message>
  <message>
   <source>A raster that is left out is replaced by what the network's card says for an absent one. Shapley value: the mean of what a raster adds, over all orders in which the rasters can come. The values add up to the difference between all rasters and none. Left out: what is lost where this raster alone is missing. Alone: what it gives without the others.</source>
   <translation>未参与的栅格按网络模型卡对缺省栅格的规定代替。Shapley 值：在栅格加入的所有顺序中，某个栅格所增加量的均值。各值之和等于使用全部栅格与不使用任何栅格之差。剔除：仅缺少该栅格时的损失。单独：没有其他栅格时它所起的作用。</translation>
  </message>
  <message>
   <source>There are more than four rasters, so the orders were drawn at random, in opposite pairs.</source>
   <translation>栅格多于四个，因此加入顺序随机抽取，并成对取相反顺序。</translation>
  </message>
  <message>
   <source>Shares of the credit (%1): %2.%3</source>
   <translation>贡献占比（%1）：%2。%3</translation>
  </message>
  <message>
   <source>%1 made the result worse.</source>
   <translation>%1 使结果变差。</translation>
  </message>
  <message>
   <source>The network was not trained to do without %1: its answers there say how much it leans on that raster, not what another network would make of the rest.</source>
   <translation>该网络未针对缺少 %1 的情形训练：它在此处的结果说明它对该栅格的依赖程度，而不说明另一个网络能从其余栅格得到什么。</translation>
  </message>
  <message>
   <source>not tried</source>
   <translation>未尝试</translation>
  </message>
  <message>
   <source>Credit for %1.</source>
   <translation>%1 的贡献。</translation>
  </message>
  <message>
   <source>Which rasters together</source>
   <translation>哪些栅格共同作用</translation>
  </message>
  <message>
   <source>The run</source>
   <translation>运行情况</translation>
  </message>
  <message>
   <source>Sets of rasters</source>
   <translation>栅格组合</translation>
  </message>
  <message>
   <source>Unit: %1.</source>
   <translation>单位：%1。</translation>
  </message>
  <message>
   <source>Shapley value</source>
   <translation>Shapley 值</translation>
  </message>
  <message>
   <source>left out</source>
   <translation>剔除</translation>
  </message>
  <message>
   <source>drawn at random</source>
   <translation>随机抽取</translation>
  </message>
  <message>
   <source>Only %1 is given of the rasters that MODEL '%2' takes; expected two or more, since their contributions are compared.</source>
   <translation>在 MODEL '%2' 所用的栅格中只给出了 %1；应为两个或更多，因为要比较其贡献。</translation>
  </message>
  <message>
   <source>No pixel can be compared: leaving out rasters changes none, or the reference covers none; check that the rasters show what the network works on, such as clouds, and that all show one area.</source>
   <translation>没有可比较的像元：剔除栅格不改变任何像元，或参考未覆盖任何像元；请检查栅格是否显示网络所处理的内容（例如云），以及各栅格是否为同一区域。</translation>
  </message>
  <message>
   <source>MODEL '%1' is no network; expected one, so choose another MODEL.</source>
   <translation>MODEL '%1' 不是网络；应为网络，因此请选择其他 MODEL。</translation>
  </message>
  <message>
   <source>INPUTS gives the tensor '%1' the numbers '%2'; expected numbers separated by commas in the column of the bands.</source>
   <translation>INPUTS 为张量 '%1' 给出的数为 '%2'；波段列中应为以逗号分隔的数。</translation>
  </message>
  <message>
   <source>class %1</source>
   <translation>类别 %1</translation>
  </message>
  <message>
   <source>The model '%1' cannot be opened (%2), but a network that ONNX Runtime knows is expected; export it again, with ONNX operator set 17 or lower.</source>
   <translation>无法打开模型 '%1'（%2），而应为 ONNX Runtime 所支持的网络；请用不高于 17 的 ONNX 算子集重新导出。</translation>
  </message>
  <message>
   <source>Input '%1' takes %2 numbers, and nothing says which: 1 is given, correct it in INPUTS.</source>
   <translation>输入 '%1' 需要 %2 个数，但没有说明是哪些：暂以 1 填入，请在 INPUTS 中改正。</translation>
  </message>
  <message>
   <source>The file does not say how '%1' is scaled: '%2' is a guess, correct it in INPUTS.</source>
   <translation>文件没有说明 '%1' 如何缩放：'%2' 为推测，请在 INPUTS 中改正。</translation>
  </message>
  <message>
   <source>The model '%1' takes no raster: none of its inputs has rows and columns; choose another network.</source>
   <translation>模型 '%1' 不使用栅格：其输入都没有行和列；请选择其他网络。</translation>
  </message>
  <message>
   <source>Input 0 '%1' has %2 channels and the output %3: %4 bands of %5 and then %6?</source>
   <translation>输入 0 '%1' 有 %2 个通道，输出有 %3 个：是先为 %5 的 %4 个波段，再为 %6 吗？</translation>
  </message>
  <message>
   <source>Input '%1' is one number: the ratio of pixel sizes?</source>
   <translation>输入 '%1' 是一个数：它是像元大小比吗？</translation>
  </message>
  <message>
   <source>INPUTS gives the tensor '%1' the role '%2', but %3 has %4; correct the table.</source>
   <translation>INPUTS 为张量 '%1' 指定了角色 '%2'，但 %3 有 %4；请改正表格。</translation>
  </message>
  <message>
   <source>The input '%1' of the model '%2' has %3 axes, but the layout %4 has %5; correct it in INPUTS.</source>
   <translation>模型 '%2' 的输入 '%1' 有 %3 个轴，而布局 %4 有 %5 个；请在 INPUTS 中改正。</translation>
  </message>
  <message>
   <source>Of %1 outputs '%2' is kept, and not %3.</source>
   <translation>%1 个输出中保留 '%2'，不保留 %3。</translation>
  </message>
  <message>
   <source>'%1' gives labels and does not say how many; tell the classes in OUTPUTS.</source>
   <translation>'%1' 给出标签，但没有说明类别数；请在 OUTPUTS 中给出类别。</translation>
  </message>
  <message>
   <source>The model '%1' does not run as it is described (%2); correct layout, bands or ratio in INPUTS.</source>
   <translation>模型 '%1' 按现有描述无法运行（%2）；请在 INPUTS 中改正布局、波段或像元大小比。</translation>
  </message>
  <message>
   <source>A changed pixel changes the whole tile, as far as %1 pixels were tried: the result will depend on the tiles; rsfusion:checkmodel says how much.</source>
   <translation>在试到 %1 像元的范围内，改变一个像元就会改变整个分块：结果将随分块而变；变化多大由 rsfusion:checkmodel 给出。</translation>
  </message>
  <message>
   <source>No step was found by which tiles may grow beyond %1 pixels; tell MULTIPLE_OF.</source>
   <translation>未找到分块在 %1 像元以上可按其增大的步长；请给出 MULTIPLE_OF。</translation>
  </message>
  <message>
   <source>The model '%1' has the tensor '%2' of %3, but numbers of %4 are expected; export it again.</source>
   <translation>模型 '%1' 的张量 '%2' 类型为 %3，而应为 %4 类型的数；请重新导出。</translation>
  </message>
  <message>
   <source>INPUTS names the tensor '%1', but the network takes %2; correct the table.</source>
   <translation>INPUTS 指定了张量 '%1'，但网络使用 %2；请改正表格。</translation>
  </message>
  <message>
   <source>TASK is '%1'; expected one of %2.</source>
   <translation>TASK 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>The model '%1' takes %2 rasters, but the task has %3; choose another TASK.</source>
   <translation>模型 '%1' 使用 %2 个栅格，而该任务有 %3 个；请选择其他 TASK。</translation>
  </message>
  <message>
   <source>Input %1 '%2' has %3 channels: is it %4?</source>
   <translation>输入 %1 '%2' 有 %3 个通道：它是 %4 吗？</translation>
  </message>
  <message>
   <source>The graph does not say how many channels '%1' has; tell it in OUTPUTS.</source>
   <translation>计算图没有说明 '%1' 有多少个通道；请在 OUTPUTS 中给出。</translation>
  </message>
  <message>
   <source>'%1' ends in %2, so it lies between %3 and %4 in the network's units; the scaling of its input must be made for that.</source>
   <translation>'%1' 以 %2 结尾，因此在网络的单位中介于 %3 和 %4 之间；其输入的缩放必须与此相应。</translation>
  </message>
  <message>
   <source>The output '%1' of the model '%2' has %3 axes, but its layout is %4; correct it in OUTPUTS.</source>
   <translation>模型 '%2' 的输出 '%1' 有 %3 个轴，而其布局为 %4；请在 OUTPUTS 中改正。</translation>
  </message>
  <message>
   <source>The output '%1' of the model '%2' has %3 rows for a tile of %4, but as many, or an even number less, are expected; correct the ratio in INPUTS.</source>
   <translation>对于 %4 的分块，模型 '%2' 的输出 '%1' 有 %3 行，而行数应与分块相同，或少一个偶数；请在 INPUTS 中改正像元大小比。</translation>
  </message>
  <message>
   <source>any number of</source>
   <translation>任意</translation>
  </message>
  <message>
   <source>Example data, generated by rsfusion:exampledata.</source>
   <translation>示例数据，由 rsfusion:exampledata 生成。</translation>
  </message>
  <message>
   <source>FOLDER: '%1' has a file '%2' already; choose an empty folder, or a new one.</source>
   <translation>FOLDER：'%1' 中已有文件 '%2'；请选择一个空文件夹或新文件夹。</translation>
  </message>
  <message>
   <source>For: %1</source>
   <translation>用于：%1</translation>
  </message>
  <message>
   <source>FOLDER: '%1' cannot be made (%2); choose another folder.</source>
   <translation>FOLDER：无法创建 '%1'（%2）；请选择其他文件夹。</translation>
  </message>
  <message>
   <source>FOLDER: the files cannot be written into '%1' (%2); free some space or choose another folder.</source>
   <translation>FOLDER：无法将文件写入 '%1'（%2）；请腾出空间或选择其他文件夹。</translation>
  </message>
  <message>
   <source>COREGISTRATION is '%1'; expected one of %2.</source>
   <translation>COREGISTRATION 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>DATA_TYPE is '%1'; expected one of %2.</source>
   <translation>DATA_TYPE 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>TILE_SIZE is %1; expected 0 (from MEMORY) or at least 32 pixels.</source>
   <translation>TILE_SIZE 为 %1；应为 0（由 MEMORY 决定）或至少 32 像元。</translation>
  </message>
  <message>
   <source>No raster is given; MODEL '%1' takes %2, so name at least one of them.</source>
   <translation>未给出栅格；MODEL '%1' 使用 %2，因此请至少指定其中一个。</translation>
  </message>
  <message>
   <source>%1 is missing; name a raster.</source>
   <translation>缺少 %1；请指定栅格。</translation>
  </message>
  <message>
   <source>%1 is given, but MODEL '%2' takes %3 only; leave it empty, or choose another MODEL.</source>
   <translation>给出了 %1，但 MODEL '%2' 只使用 %3；请将其留空，或选择其他 MODEL。</translation>
  </message>
  <message>
   <source>%1 is missing, which MODEL '%2' needs; name a raster.</source>
   <translation>缺少 MODEL '%2' 所需的 %1；请指定栅格。</translation>
  </message>
  <message>
   <source>%1 and %2 are the same raster, '%3'; choose a %4 for %5 and a %6 for %7.</source>
   <translation>%1 和 %2 是同一个栅格 '%3'；请为 %5 选择 %4，为 %7 选择 %6。</translation>
  </message>
  <message>
   <source>not applicable</source>
   <translation>不适用</translation>
  </message>
  <message>
   <source>%1 bands of %2 x %3 pixels, %4 % valid</source>
   <translation>%1 个波段，%2 x %3 像元，%4% 有效</translation>
  </message>
  <message>
   <source>Tiles do not matter</source>
   <translation>分块方式不影响结果</translation>
  </message>
  <message>
   <source>A part is that part of the whole</source>
   <translation>局部的结果与整体的相应部分一致</translation>
  </message>
  <message>
   <source>A hole stays a hole</source>
   <translation>空洞仍为空洞</translation>
  </message>
  <message>
   <source>It does without what is dispensable</source>
   <translation>缺少可省的栅格时也能运行</translation>
  </message>
  <message>
   <source>values differ by up to %1, %2 % of their range</source>
   <translation>值最多相差 %1，为其值域的 %2%</translation>
  </message>
  <message>
   <source>every band varies</source>
   <translation>各波段均有变化</translation>
  </message>
  <message>
   <source>bands %1 have one value everywhere</source>
   <translation>波段 %1 处处为同一值</translation>
  </message>
  <message>
   <source>%1, %2 tiles of %3 pixels</source>
   <translation>%1，%2 个 %3 像元的分块</translation>
  </message>
  <message>
   <source>RASTERS holds %1 rasters, but the network takes %2; expected, in this order: %3.</source>
   <translation>RASTERS 含有 %1 个栅格，而网络使用 %2 个；应依次为：%3。</translation>
  </message>
  <message>
   <source>It runs</source>
   <translation>能够运行</translation>
  </message>
  <message>
   <source>Its result varies</source>
   <translation>结果有变化</translation>
  </message>
  <message>
   <source>%1 % of the pixels differ</source>
   <translation>%1% 的像元不同</translation>
  </message>
  <message>
   <source>no data where it has none, data beside it</source>
   <translation>输入无数据处结果无数据，其旁有数据</translation>
  </message>
  <message>
   <source>%1 MiB</source>
   <translation>%1 MiB</translation>
  </message>
  <message>
   <source>at least</source>
   <translation>至少</translation>
  </message>
  <message>
   <source>data where it has none</source>
   <translation>输入无数据处结果有数据</translation>
  </message>
  <message>
   <source>no data far from its hole</source>
   <translation>远离空洞处结果无数据</translation>
  </message>
  <message>
   <source>its card calls every raster required</source>
   <translation>其模型卡将所有栅格都列为必需</translation>
  </message>
  <message>
   <source>%1 % valid without it</source>
   <translation>缺少它时 %1% 有效</translation>
  </message>
  <message>
   <source>Operations for a pixel of the result</source>
   <translation>结果每个像元的运算次数</translation>
  </message>
  <message>
   <source>Time for a million pixels</source>
   <translation>每百万像元的时间</translation>
  </message>
  <message>
   <source>%1 s with %2 threads</source>
   <translation>%1 s，使用 %2 个线程</translation>
  </message>
  <message>
   <source>%1 MiB for a tile of %2 pixels</source>
   <translation>%1 MiB，分块为 %2 像元</translation>
  </message>
  <message>
   <source>It sees</source>
   <translation>感受野</translation>
  </message>
  <message>
   <source>%1%2 pixels around, its card says %3</source>
   <translation>周围 %1%2 像元，其模型卡中为 %3</translation>
  </message>
  <message>
   <source>Not measured</source>
   <translation>未测量</translation>
  </message>
  <message>
   <source>%1 says no date in its metadata or its name, but MODEL '%2' takes it; write the day into the file's name, such as 2016-08-07.</source>
   <translation>%1 的元数据和名称中都没有日期，而 MODEL '%2' 需要日期；请将日期写入文件名，例如 2016-08-07。</translation>
  </message>
  <message>
   <source>yes or no</source>
   <translation>是或否</translation>
  </message>
  <message>
   <source>whole number</source>
   <translation>整数</translation>
  </message>
  <message>
   <source>The inputs share no pixel; choose rasters of one area.</source>
   <translation>各输入没有公共像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>the area that all inputs cover</source>
   <translation>所有输入共同覆盖的区域</translation>
  </message>
  <message>
   <source>EXTENT does not touch %1; choose one inside it, or leave it empty for all.</source>
   <translation>EXTENT 与 %1 没有交集；请选择其内的范围，或留空以取全部。</translation>
  </message>
  <message>
   <source>MODEL: '%1' is a network for %2; expected one for %3, so choose another.</source>
   <translation>MODEL：'%1' 是用于 %2 的网络；应为用于 %3 的网络，因此请选择其他网络。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected %4, so extract the right band first (gdal_translate -b, or Raster &gt; Conversion &gt; Translate).</source>
   <translation>%1：'%2' 有 %3 个波段；应为 %4 个，因此请先提取正确的波段（gdal_translate -b，或栅格 &gt; 转换 &gt; 转换 (格式转换)）。</translation>
  </message>
  <message>
   <source>it is made from the other rasters</source>
   <translation>它由其他栅格生成</translation>
  </message>
  <message>
   <source>%1 does without</source>
   <translation>%1 不需要它</translation>
  </message>
  <message>
   <source>inputs</source>
   <translation>输入</translation>
  </message>
  <message>
   <source>%1 is not given: %2</source>
   <translation>未给出 %1：%2</translation>
  </message>
  <message>
   <source>in order</source>
   <translation>正常</translation>
  </message>
  <message>
   <source>Warnings about the rasters: %1.</source>
   <translation>栅格检查警告：%1。</translation>
  </message>
  <message>
   <source>The rasters fit each other.</source>
   <translation>各栅格相互匹配。</translation>
  </message>
  <message>
   <source>can be improved</source>
   <translation>可改进</translation>
  </message>
  <message>
   <source>%1 of %2 pixels</source>
   <translation>%1 个，每个 %2 像元</translation>
  </message>
  <message>
   <source>Computed by</source>
   <translation>计算设备</translation>
  </message>
  <message>
   <source>Are the rasters aligned?</source>
   <translation>栅格是否对齐？</translation>
  </message>
  <message>
   <source>What else was found</source>
   <translation>其他发现</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>检查结果</translation>
  </message>
  <message>
   <source>Checking the rasters ...</source>
   <translation>正在检查栅格……</translation>
  </message>
  <message>
   <source>%1 has rational polynomial coefficients (RPC), which the result does not get</source>
   <translation>%1 具有有理多项式系数（RPC），结果不会保留</translation>
  </message>
  <message>
   <source>Measuring the shift between the rasters ...</source>
   <translation>正在测量栅格间的偏移……</translation>
  </message>
  <message>
   <source>Making the report ...</source>
   <translation>正在生成报告……</translation>
  </message>
  <message>
   <source>rpc</source>
   <translation>RPC</translation>
  </message>
  <message>
   <source>orthorectify it first</source>
   <translation>请先对其作正射校正</translation>
  </message>
  <message>
   <source>GRID is %1, but no such raster is given; name one, or leave GRID as it is.</source>
   <translation>GRID 为 %1，但未给出该栅格；请指定，或保留 GRID 的默认值。</translation>
  </message>
  <message>
   <source>VALIDATION_SHARE and TEST_SHARE are %1 and %2; expected %3 at most together, so that enough is left to learn from.</source>
   <translation>VALIDATION_SHARE 和 TEST_SHARE 为 %1 和 %2；两者之和最多应为 %3，以留下足够的样本用于学习。</translation>
  </message>
  <message>
   <source>the first that is given</source>
   <translation>给出的第一个</translation>
  </message>
  <message>
   <source>all but the first</source>
   <translation>除第一个外全部</translation>
  </message>
  <message>
   <source>Minutes of training at most</source>
   <translation>最长训练时间（分钟）</translation>
  </message>
  <message>
   <source>The others are brought onto it, finer ones by averaging. It counts as the first raster.</source>
   <translation>其他栅格转换到该格网，较细的栅格取平均。它算作第一个栅格。</translation>
  </message>
  <message>
   <source>Rasters that may be absent later</source>
   <translation>以后可能缺少的栅格</translation>
  </message>
  <message>
   <source>State of the training</source>
   <translation>训练状态</translation>
  </message>
  <message>
   <source>tuple[float, float]</source>
   <translation>tuple[float, float]</translation>
  </message>
  <message>
   <source>no CRS</source>
   <translation>无 CRS</translation>
  </message>
  <message>
   <source>The CRS of a raster cannot be read; assign it anew in the layer's properties.</source>
   <translation>无法读取栅格的 CRS；请在图层属性中重新指定。</translation>
  </message>
  <message>
   <source>There is no transformation from %1 to %2; reproject one of the rasters into the CRS of the other first.</source>
   <translation>从 %1 到 %2 没有可用的坐标转换；请先将其中一个栅格重投影到另一个的 CRS。</translation>
  </message>
  <message>
   <source>The position (%1, %2) lies outside the area where the CRS are defined.</source>
   <translation>位置 (%1, %2) 在 CRS 的有效范围之外。</translation>
  </message>
  <message>
   <source>The MTF gain is %1, not between 0 and 1; give the sensor's gain at Nyquist.</source>
   <translation>MTF 增益为 %1，不在 0 和 1 之间；请给出传感器在奈奎斯特频率处的增益。</translation>
  </message>
  <message>
   <source>Found %1 gains and %2 shifts for %3 bands; give one per band.</source>
   <translation>找到 %1 个增益和 %2 个偏移，而波段有 %3 个；请每个波段给出一个。</translation>
  </message>
  <message>
   <source>another CRS</source>
   <translation>CRS 不同</translation>
  </message>
  <message>
   <source>turned axes</source>
   <translation>坐标轴旋转</translation>
  </message>
  <message>
   <source>A raster of %1 x %2 pixels is empty.</source>
   <translation>%1 x %2 像元的栅格为空。</translation>
  </message>
  <message>
   <source>A raster's geotransform has pixels of no size; georeference it first.</source>
   <translation>栅格的地理变换参数中像元没有大小；请先为其建立地理参考。</translation>
  </message>
  <message>
   <source>install the grid file (projsync),</source>
   <translation>请安装格网文件（projsync），</translation>
  </message>
  <message>
   <source>heights above the ellipsoid of %1</source>
   <translation>%1 的椭球高</translation>
  </message>
  <message>
   <source>%1 names %2 and %3 %4, %5; %6convert the heights of %7 first, or assign the CRS that is right.</source>
   <translation>%1 注明 %2，%3 注明 %4，%5；%6请先转换 %7 的高度，或指定正确的 CRS。</translation>
  </message>
  <message>
   <source>between which PROJ has no operation here or lacks its grid file</source>
   <translation>而 PROJ 在此没有两者之间的操作，或缺少其格网文件</translation>
  </message>
  <message>
   <source>of which one does not count upwards</source>
   <translation>而其中之一不是向上计量</translation>
  </message>
  <message>
   <source>between which PROJ has no operation in a part of the area</source>
   <translation>而 PROJ 在部分区域没有两者之间的操作</translation>
  </message>
  <message>
   <source>EXTENT holds no pixel of the area that all inputs share; choose one inside it.</source>
   <translation>EXTENT 不含所有输入公共区域内的像元；请选择其内的范围。</translation>
  </message>
  <message>
   <source>MODEL reads %1 pixels around every tile (halo in its card), so the smallest tile takes %2 MB, but MEMORY allows %3 MB; raise MEMORY, or choose another MODEL.</source>
   <translation>MODEL 在每个分块周围读取 %1 像元（模型卡中的 halo），因此最小的分块需要 %2 MB，而 MEMORY 只允许 %3 MB；请增大 MEMORY，或选择其他 MODEL。</translation>
  </message>
  <message>
   <source>Boundary F1, mean of the classes</source>
   <translation>边界 F1，各类别的均值</translation>
  </message>
  <message>
   <source>Overall accuracy (OA)</source>
   <translation>总体精度（OA）</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA)</source>
   <translation>平均精度（AA，PA 的均值）</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ)</source>
   <translation>Cohen Kappa 系数（κ）</translation>
  </message>
  <message>
   <source>F1, mean of the classes</source>
   <translation>F1，各类别的均值</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU)</source>
   <translation>平均交并比（MIoU）</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU)</source>
   <translation>频权交并比（FWIoU）</translation>
  </message>
  <message>
   <source>Producer's accuracy (recall)</source>
   <translation>生产者精度（召回率）</translation>
  </message>
  <message>
   <source>User's accuracy (precision)</source>
   <translation>用户精度（精确率）</translation>
  </message>
  <message>
   <source>A confusion matrix of %1 classes was given as %2; expected a square.</source>
   <translation>给出的 %1 类混淆矩阵的形状为 %2；应为方阵。</translation>
  </message>
  <message>
   <source>Confusion matrices of different classes cannot be added.</source>
   <translation>类别不同的混淆矩阵不能相加。</translation>
  </message>
  <message>
   <source>Colour speckle where %1 is flat. 1 is as clean as interpolation; BT-H has 1.4 to 4, MTF-GLP-FS 1 to 2.</source>
   <translation>%1 平坦处的色彩斑点。1 表示与插值一样干净；BT-H 为 1.4 至 4，MTF-GLP-FS 为 1 至 2。</translation>
  </message>
  <message>
   <source>Detail that %1 does not carry: colour and noise of its own. Low is good; BT-H has 0.1 to 0.35.</source>
   <translation>%1 所没有的细节：自身的色彩和噪声。越低越好；BT-H 为 0.1 至 0.35。</translation>
  </message>
  <message>
   <source>Colour blotches of about the size of a %1 pixel. 1 is as clean as interpolation; BT-H has 1.1 to 1.4.</source>
   <translation>约一个 %1 像元大小的色斑。1 表示与插值一样干净；BT-H 为 1.1 至 1.4。</translation>
  </message>
  <message>
   <source>as the image</source>
   <translation>单位同影像</translation>
  </message>
  <message>
   <source>The fine image is %1, the fused image %2; give one band on the same grid.</source>
   <translation>细分辨率影像为 %1，融合影像为 %2；请在同一格网上给出单个波段。</translation>
  </message>
  <message>
   <source>The coarse image has %1 bands, the fused image %2; give the same bands.</source>
   <translation>粗分辨率影像有 %1 个波段，融合影像有 %2 个；请给出相同的波段。</translation>
  </message>
  <message>
   <source>The coarse image has the shape %1, expected %2 for a fused image %3 at ratio %4; give both as (bands, rows, cols), the coarse one on the same grid with pixels that many times larger.</source>
   <translation>粗分辨率影像的形状为 %1，对于比值 %4 下的融合影像 %3，应为 %2；请将两者都以 (bands, rows, cols) 形式给出，粗分辨率影像采用像元大相应倍数的同一格网。</translation>
  </message>
  <message>
   <source>The valid mask is %1, the image %2; give a mask on its grid.</source>
   <translation>有效掩膜为 %1，影像为 %2；请给出影像格网上的掩膜。</translation>
  </message>
  <message>
   <source>The %1 image has the shape %2; give (bands, rows, cols).</source>
   <translation>%1 影像的形状为 %2；请以 (bands, rows, cols) 形式给出。</translation>
  </message>
  <message>
   <source>The fused and the %1 image have the shapes %2 and %3; give both as (bands, rows, cols) on the same grid.</source>
   <translation>融合影像和 %1 影像的形状为 %2 和 %3；请将两者以 (bands, rows, cols) 形式在同一格网上给出。</translation>
  </message>
  <message>
   <source>Strength of the detail of %1 in the result. 1 is crisp, under 0.9 soft, over 1.15 overdone.</source>
   <translation>结果中 %1 细节的强度。1 为清晰，低于 0.9 偏软，高于 1.15 过度。</translation>
  </message>
  <message>
   <source>%1 needs %2, which is missing; pass it by this name.</source>
   <translation>%1 需要 %2，但其缺失；请以此名称传入。</translation>
  </message>
  <message>
   <source>No pixel is valid in every band of all that %1 compares, so there is nothing to measure; check the nodata value and that the images overlap.</source>
   <translation>在 %1 所比较的全部数据中，没有各波段均有效的像元，因此无法测量；请检查无数据值以及各影像是否重叠。</translation>
  </message>
  <message>
   <source>Found %1 players, expected one or more.</source>
   <translation>参与者为 %1 个，应为一个或更多。</translation>
  </message>
  <message>
   <source>The model '%1' returned '%2' as %3, but its card promises %4; correct the card or export the network again.</source>
   <translation>模型 '%1' 返回的 '%2' 为 %3，但其模型卡规定为 %4；请改正模型卡，或重新导出网络。</translation>
  </message>
  <message>
   <source>The model '%1' takes tiles of %2 output pixels, but all of its inputs must cover the same; correct 'ratio' in the card.</source>
   <translation>模型 '%1' 使用 %2 输出像元的分块，但各输入的覆盖范围必须相同；请改正模型卡中的 'ratio'。</translation>
  </message>
  <message>
   <source>The model '%1' takes tiles of %2 pixels, but its card says a halo of %3 on each side, so nothing would be left; correct 'halo' in the card, or export it with larger or free tiles.</source>
   <translation>模型 '%1' 使用 %2 像元的分块，但其模型卡中每侧的 halo 为 %3，这样就没有剩余部分；请改正模型卡中的 'halo'，或以更大或可变的分块重新导出。</translation>
  </message>
  <message>
   <source>The components of input '%1' of the model '%2' were not learned, but they are needed; run it on rasters.</source>
   <translation>模型 '%2' 的输入 '%1' 的主成分尚未学习，而运行需要它们；请在栅格上运行该网络。</translation>
  </message>
  <message>
   <source>%1 x %2 pixels for a tile of %3 x %4</source>
   <translation>%3 x %4 的分块对应 %1 x %2 像元</translation>
  </message>
  <message>
   <source>The input '%1' of the model '%2' has the shape %3, but its card gives it %4 numbers; correct 'value' in the card.</source>
   <translation>模型 '%2' 的输入 '%1' 的形状为 %3，但其模型卡给它 %4 个数；请改正模型卡中的 'value'。</translation>
  </message>
  <message>
   <source>%1 axes, %2</source>
   <translation>%1 个轴，%2</translation>
  </message>
  <message>
   <source>%1, 1 being an axis of length one</source>
   <translation>%1，其中 1 为长度为一的轴</translation>
  </message>
  <message>
   <source>The model '%1' takes windows, but %2; choose a larger TILE_SIZE.</source>
   <translation>模型 '%1' 使用窗口，但%2；请选择较大的 TILE_SIZE。</translation>
  </message>
  <message>
   <source>%1 channels, as '%2' has that is added</source>
   <translation>%1 个通道，与所加的 '%2' 相同</translation>
  </message>
  <message>
   <source>%1: its list of bad bands (bbl) has %2 entries for %3 bands, so it is not used; correct it in the header if some bands are bad</source>
   <translation>%1：其坏波段列表（bbl）有 %2 项，而波段有 %3 个，因此不予采用；如果确有坏波段，请在头信息中改正</translation>
  </message>
  <message>
   <source>%1: the bands are taken by order, though wavelengths differ by up to %2 nm from those that the network was made for</source>
   <translation>%1：波段按顺序对应，但波长与网络所针对的波长最多相差 %2 nm</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected the %4 that MODEL '%5' takes, and these have no match by wavelength, name or order: %6%7; choose a raster with those bands, or another MODEL.</source>
   <translation>%1：'%2' 有 %3 个波段；应为 MODEL '%5' 所用的 %4 个，而以下波段按波长、名称和顺序均无法匹配：%6%7；请选择具有这些波段的栅格，或选择其他 MODEL。</translation>
  </message>
  <message>
   <source>%1: %2 of %3 bands are used, matched by %4</source>
   <translation>%1：使用 %3 个波段中的 %2 个，匹配依据：%4</translation>
  </message>
  <message>
   <source>%1: %2 of %3 bands are marked as bad and left out</source>
   <translation>%1：%3 个波段中有 %2 个标记为坏波段，不参与</translation>
  </message>
  <message>
   <source>and %1 more</source>
   <translation>及另外 %1 个</translation>
  </message>
  <message>
   <source>%1 (%2 nm)</source>
   <translation>%1（%2 nm）</translation>
  </message>
  <message>
   <source>card version</source>
   <translation>模型卡版本</translation>
  </message>
  <message>
   <source>value of multiple_of</source>
   <translation>multiple_of 的值</translation>
  </message>
  <message>
   <source>number of parameters</source>
   <translation>参数数量</translation>
  </message>
  <message>
   <source>nodata policy</source>
   <translation>无数据处理策略</translation>
  </message>
  <message>
   <source>The model's card has version %1, which is newer than this plugin</source>
   <translation>该模型的模型卡版本为 %1，比本插件新</translation>
  </message>
  <message>
   <source>it reads cards up to version %1</source>
   <translation>本插件最高只能读取版本 %1 的模型卡</translation>
  </message>
  <message>
   <source>update the plugin or take an older model</source>
   <translation>请更新插件，或使用较旧的模型</translation>
  </message>
  <message>
   <source>The sides of a tile must be a multiple of %1, for multiple_of and all ratios of the inputs</source>
   <translation>由 multiple_of 和输入的各比值，分块边长须为 %1 的倍数</translation>
  </message>
  <message>
   <source>at most %1 is expected</source>
   <translation>最大应为 %1</translation>
  </message>
  <message>
   <source>The ratio_range is %1 to %2</source>
   <translation>ratio_range 为 %1 至 %2</translation>
  </message>
  <message>
   <source>two numbers above zero are expected, the lower first</source>
   <translation>应为两个大于零的数，小的在前</translation>
  </message>
  <message>
   <source>The sha256 is %1</source>
   <translation>sha256 为 %1</translation>
  </message>
  <message>
   <source>64 hexadecimal digits are expected</source>
   <translation>应为 64 位十六进制数</translation>
  </message>
  <message>
   <source>The model's name is %1</source>
   <translation>模型名称为 %1</translation>
  </message>
  <message>
   <source>three or more letters, digits, blanks and '_.-' are expected, a letter first</source>
   <translation>应为三个或更多的字母、数字、空格和 '_.-'，以字母开头</translation>
  </message>
  <message>
   <source>rename it in the card</source>
   <translation>请在模型卡中改名</translation>
  </message>
  <message>
   <source>takes %1 and may take</source>
   <translation>需要 %1，还可使用</translation>
  </message>
  <message>
   <source>takes one or more of</source>
   <translation>使用以下一种或多种：</translation>
  </message>
  <message>
   <source>The inputs have the roles %1</source>
   <translation>各输入的角色为 %1</translation>
  </message>
  <message>
   <source>%1 %2 %3, each once</source>
   <translation>%1 %2 %3，每种一次</translation>
  </message>
  <message>
   <source>correct 'role' in the card</source>
   <translation>请在模型卡中改正 'role'</translation>
  </message>
  <message>
   <source>Input '%1' is matched and no output is like a raster</source>
   <translation>输入 '%1' 需要匹配，但没有输出与某个栅格相同</translation>
  </message>
  <message>
   <source>it is brought to that raster's sharpness and place</source>
   <translation>它要与该栅格的清晰度和位置相匹配</translation>
  </message>
  <message>
   <source>name the raster in 'like' of an output, or leave 'matched' out of the card</source>
   <translation>请在某个输出的 'like' 中指定该栅格，或从模型卡中去掉 'matched'</translation>
  </message>
  <message>
   <source>Output '%1' is like '%2'</source>
   <translation>输出 '%1' 与 '%2' 相同</translation>
  </message>
  <message>
   <source>the raster inputs are %1</source>
   <translation>栅格输入为 %1</translation>
  </message>
  <message>
   <source>correct 'like' in the card</source>
   <translation>请在模型卡中改正 'like'</translation>
  </message>
  <message>
   <source>Band '%1' has the wavelengths %2 and %3</source>
   <translation>波段 '%1' 有 %2 和 %3 两个波长</translation>
  </message>
  <message>
   <source>one name stands for one band</source>
   <translation>一个名称应对应一个波段</translation>
  </message>
  <message>
   <source>rename one of them in the card</source>
   <translation>请在模型卡中为其中之一改名</translation>
  </message>
  <message>
   <source>name of a band</source>
   <translation>波段名称</translation>
  </message>
  <message>
   <source>name of an input</source>
   <translation>输入名称</translation>
  </message>
  <message>
   <source>role of input '%1'</source>
   <translation>输入 '%1' 的角色</translation>
  </message>
  <message>
   <source>bands of input '%1'</source>
   <translation>输入 '%1' 的波段</translation>
  </message>
  <message>
   <source>ratio of input '%1'</source>
   <translation>输入 '%1' 的比值</translation>
  </message>
  <message>
   <source>value of 'required' of input '%1'</source>
   <translation>输入 '%1' 的 'required' 值</translation>
  </message>
  <message>
   <source>stand_in of input '%1'</source>
   <translation>输入 '%1' 的 stand_in</translation>
  </message>
  <message>
   <source>resampling of input '%1'</source>
   <translation>输入 '%1' 的重采样</translation>
  </message>
  <message>
   <source>value of 'matched' of input '%1'</source>
   <translation>输入 '%1' 的 'matched' 值</translation>
  </message>
  <message>
   <source>value of input '%1'</source>
   <translation>输入 '%1' 的值</translation>
  </message>
  <message>
   <source>date_form of input '%1'</source>
   <translation>输入 '%1' 的 date_form</translation>
  </message>
  <message>
   <source>date_of of input '%1'</source>
   <translation>输入 '%1' 的 date_of</translation>
  </message>
  <message>
   <source>number of components of input '%1'</source>
   <translation>输入 '%1' 的主成分数</translation>
  </message>
  <message>
   <source>value of 'again' of input '%1'</source>
   <translation>输入 '%1' 的 'again' 值</translation>
  </message>
  <message>
   <source>value of 'whiten' of input '%1'</source>
   <translation>输入 '%1' 的 'whiten' 值</translation>
  </message>
  <message>
   <source>name of an output</source>
   <translation>输出名称</translation>
  </message>
  <message>
   <source>value of 'add' of output '%1'</source>
   <translation>输出 '%1' 的 'add' 值</translation>
  </message>
  <message>
   <source>bands of output '%1'</source>
   <translation>输出 '%1' 的波段</translation>
  </message>
  <message>
   <source>scores of output '%1'</source>
   <translation>输出 '%1' 的得分</translation>
  </message>
  <message>
   <source>classes of output '%1'</source>
   <translation>输出 '%1' 的类别</translation>
  </message>
  <message>
   <source>(null stands for any number)</source>
   <translation>（null 表示任意数目）</translation>
  </message>
  <message>
   <source>Band '%1' has the wavelength %2</source>
   <translation>波段 '%1' 的波长为 %2</translation>
  </message>
  <message>
   <source>micrometres above zero are expected</source>
   <translation>应为大于零的微米数</translation>
  </message>
  <message>
   <source>correct it or leave it out</source>
   <translation>请改正或省略</translation>
  </message>
  <message>
   <source>value of 'heights' of input '%1'</source>
   <translation>输入 '%1' 的 'heights' 值</translation>
  </message>
  <message>
   <source>Input '%1' has %2 bands and a scaling for %3</source>
   <translation>输入 '%1' 有 %2 个波段，而缩放针对 %3 个</translation>
  </message>
  <message>
   <source>one offset and scale for each band are expected</source>
   <translation>每个波段应有一个偏置和一个缩放系数</translation>
  </message>
  <message>
   <source>Input '%1' has %2 bands and %3 learned ranges</source>
   <translation>输入 '%1' 有 %2 个波段和 %3 个学习范围</translation>
  </message>
  <message>
   <source>one for each band is expected</source>
   <translation>每个波段应有一个</translation>
  </message>
  <message>
   <source>Input '%1' has the role '%2' together with bands or a scaling</source>
   <translation>输入 '%1' 的角色为 '%2'，却同时有波段或缩放</translation>
  </message>
  <message>
   <source>remove them from the card</source>
   <translation>请从模型卡中删除</translation>
  </message>
  <message>
   <source>Input '%1' has the role '%2' and %3 numbers as its value</source>
   <translation>输入 '%1' 的角色为 '%2'，其值有 %3 个数</translation>
  </message>
  <message>
   <source>one or more are expected for the role '%1' and none for any other</source>
   <translation>角色 '%1' 应有一个或更多，其他角色应没有</translation>
  </message>
  <message>
   <source>Input '%1' has the role '%2' and %3 in date_of</source>
   <translation>输入 '%1' 的角色为 '%2'，其 date_of 为 %3</translation>
  </message>
  <message>
   <source>the role of a raster is expected there for the role '%1', and nothing for any other</source>
   <translation>对于角色 '%1'，此处应为某个栅格的角色，其他角色应不填</translation>
  </message>
  <message>
   <source>clip of input '%1'</source>
   <translation>输入 '%1' 的截断范围</translation>
  </message>
  <message>
   <source>Input '%1' has %2 bands and %3 components</source>
   <translation>输入 '%1' 有 %2 个波段和 %3 个主成分</translation>
  </message>
  <message>
   <source>no more components than bands are expected</source>
   <translation>主成分不应多于波段</translation>
  </message>
  <message>
   <source>Input '%1' has the role '%2' together with components or a clip</source>
   <translation>输入 '%1' 的角色为 '%2'，却同时有主成分或截断范围</translation>
  </message>
  <message>
   <source>it has numbers and no raster</source>
   <translation>它由数值而非栅格构成</translation>
  </message>
  <message>
   <source>Output '%1' has labels and no classes</source>
   <translation>输出 '%1' 有标签而没有类别</translation>
  </message>
  <message>
   <source>the classes that they mean are expected</source>
   <translation>应有标签所表示的类别</translation>
  </message>
  <message>
   <source>Output '%1' has classes and adds '%2'</source>
   <translation>输出 '%1' 有类别，却又加上 '%2'</translation>
  </message>
  <message>
   <source>only images are added to inputs</source>
   <translation>只有影像可与输入相加</translation>
  </message>
  <message>
   <source>Output '%1' has neither 'like' nor bands nor classes</source>
   <translation>输出 '%1' 既没有 'like'，也没有波段或类别</translation>
  </message>
  <message>
   <source>one of them is needed to know its channels</source>
   <translation>需要其中之一才能确定其通道</translation>
  </message>
  <message>
   <source>add it to the card</source>
   <translation>请在模型卡中补充</translation>
  </message>
  <message>
   <source>The classes of output '%1' have the codes %2</source>
   <translation>输出 '%1' 的类别代码为 %2</translation>
  </message>
  <message>
   <source>different ones are expected</source>
   <translation>各代码应互不相同</translation>
  </message>
  <message>
   <source>Output '%1' is like '%2' and has classes</source>
   <translation>输出 '%1' 与 '%2' 相同，却又有类别</translation>
  </message>
  <message>
   <source>an output is either of them</source>
   <translation>输出只能是其中之一</translation>
  </message>
  <message>
   <source>remove 'like' or the classes from the card</source>
   <translation>请从模型卡中删除 'like' 或类别</translation>
  </message>
  <message>
   <source>Output '%1' has %2 classes and %3 bands</source>
   <translation>输出 '%1' 有 %2 个类别和 %3 个波段</translation>
  </message>
  <message>
   <source>one band per class is expected</source>
   <translation>每个类别应有一个波段</translation>
  </message>
  <message>
   <source>it is one plain number and no raster</source>
   <translation>它只是一个数值，而不是栅格</translation>
  </message>
  <message>
   <source>The clip of input '%1' is %2</source>
   <translation>输入 '%1' 的截断范围为 %2</translation>
  </message>
  <message>
   <source>two numbers are expected, the lower first</source>
   <translation>应为两个数，小的在前</translation>
  </message>
  <message>
   <source>%1 is no JSON number</source>
   <translation>%1 不是 JSON 数值</translation>
  </message>
  <message>
   <source>dict[str, Any]</source>
   <translation>dict[str, Any]</translation>
  </message>
  <message>
   <source>name or role</source>
   <translation>名称或角色</translation>
  </message>
  <message>
   <source>The model '%1' has no card, but the fields %2 are needed; write them into '%3' beside it or run 'python -m models.common.export --card CARD.json %4'.</source>
   <translation>模型 '%1' 没有模型卡，但需要字段 %2；请将其写入旁边的 '%3'，或运行 'python -m models.common.export --card CARD.json %4'。</translation>
  </message>
  <message>
   <source>The card '%1' was made for another file than '%2' (the SHA-256 differs), but it must describe this one; write the card anew or get the file again.</source>
   <translation>模型卡 '%1' 是为 '%2' 以外的文件制作的（SHA-256 不同），而它必须描述本文件；请重新编写模型卡，或重新获取文件。</translation>
  </message>
  <message>
   <source>The card lacks %1</source>
   <translation>模型卡缺少 %1</translation>
  </message>
  <message>
   <source>a card needs %1</source>
   <translation>模型卡需要 %1</translation>
  </message>
  <message>
   <source>add what is missing, by hand or with 'python -m models.common.export'</source>
   <translation>请手动补充，或用 'python -m models.common.export' 补充</translation>
  </message>
  <message>
   <source>the card</source>
   <translation>模型卡</translation>
  </message>
  <message>
   <source>The card of '%1' has %2 bytes, but at most %3 are expected; shorten it.</source>
   <translation>'%1' 的模型卡有 %2 字节，但最多应为 %3；请缩短。</translation>
  </message>
  <message>
   <source>a number of %1 digits</source>
   <translation>%1 位的数字</translation>
  </message>
  <message>
   <source>%1%2 has the unknown fields %3</source>
   <translation>%1%2 含有未知字段 %3</translation>
  </message>
  <message>
   <source>the known ones are %1</source>
   <translation>已知字段为 %1</translation>
  </message>
  <message>
   <source>The field '%1' is %2</source>
   <translation>字段 '%1' 为 %2</translation>
  </message>
  <message>
   <source>a list is expected</source>
   <translation>应为列表</translation>
  </message>
  <message>
   <source>The field '%1' has %2 entries</source>
   <translation>字段 '%1' 有 %2 项</translation>
  </message>
  <message>
   <source>An entry of '%1' is %2</source>
   <translation>'%1' 的一项为 %2</translation>
  </message>
  <message>
   <source>a JSON object is expected</source>
   <translation>应为 JSON 对象</translation>
  </message>
  <message>
   <source>number of bands of '%1'</source>
   <translation>'%1' 的波段数</translation>
  </message>
  <message>
   <source>A band is %1</source>
   <translation>某个波段为 %1</translation>
  </message>
  <message>
   <source>a name is expected</source>
   <translation>应为名称</translation>
  </message>
  <message>
   <source>a band</source>
   <translation>某个波段</translation>
  </message>
  <message>
   <source>A class is %1</source>
   <translation>某个类别为 %1</translation>
  </message>
  <message>
   <source>a class</source>
   <translation>某个类别</translation>
  </message>
  <message>
   <source>a scaling</source>
   <translation>缩放</translation>
  </message>
  <message>
   <source>a tensor</source>
   <translation>张量</translation>
  </message>
  <message>
   <source>A learned range is %1</source>
   <translation>某个学习范围为 %1</translation>
  </message>
  <message>
   <source>'low' and 'high' are expected</source>
   <translation>应有 'low' 和 'high'</translation>
  </message>
  <message>
   <source>a learned range</source>
   <translation>学习范围</translation>
  </message>
  <message>
   <source>text in '%1'</source>
   <translation>'%1' 中的文本</translation>
  </message>
  <message>
   <source>two numbers are expected</source>
   <translation>应为两个数</translation>
  </message>
  <message>
   <source>key in '%1'</source>
   <translation>'%1' 中的键</translation>
  </message>
  <message>
   <source>value of '%1' in '%2'</source>
   <translation>'%2' 中 '%1' 的值</translation>
  </message>
  <message>
   <source>The card '%1' cannot be read (%2), but a JSON text is expected; write it anew.</source>
   <translation>无法读取模型卡 '%1'（%2），应为 JSON 文本；请重新编写。</translation>
  </message>
  <message>
   <source>The card of '%1' is no JSON (%2), but a JSON object is expected; correct it.</source>
   <translation>'%1' 的模型卡不是 JSON（%2），应为 JSON 对象；请改正。</translation>
  </message>
  <message>
   <source>It is no JSON object, but one is expected; write the card anew.</source>
   <translation>它不是 JSON 对象，而应为 JSON 对象；请重新编写模型卡。</translation>
  </message>
  <message>
   <source>Card of '%1': %2</source>
   <translation>'%1' 的模型卡：%2</translation>
  </message>
  <message>
   <source>The card of '%1' has a field of a kind that it cannot be (%2), but the fields of a model card are expected; correct the card.</source>
   <translation>'%1' 的模型卡中有字段的类型不正确（%2），应为模型卡的字段；请改正模型卡。</translation>
  </message>
  <message>
   <source>input %1</source>
   <translation>输入 %1</translation>
  </message>
  <message>
   <source>output %1</source>
   <translation>输出 %1</translation>
  </message>
  <message>
   <source>A scaling is just 'linear'</source>
   <translation>缩放只写了 'linear'</translation>
  </message>
  <message>
   <source>its numbers are needed, {"kind": "linear", "offset": 0, "scale": 1}</source>
   <translation>还需要其数值，{"kind": "linear", "offset": 0, "scale": 1}</translation>
  </message>
  <message>
   <source>its keys are expected to be numbers of bands</source>
   <translation>其键应为波段数</translation>
  </message>
  <message>
   <source>application/octet-stream; application=onnx</source>
   <translation>application/octet-stream; application=onnx</translation>
  </message>
  <message>
   <source>(band - low percentile of the raster's band) / (its standard deviation)</source>
   <translation>（波段 - 栅格该波段的低百分位数）/（其标准差）</translation>
  </message>
  <message>
   <source>The item</source>
   <translation>该条目</translation>
  </message>
  <message>
   <source>'%1' has %2</source>
   <translation>'%1' 有 %2</translation>
  </message>
  <message>
   <source>its shape has %1 channels</source>
   <translation>其形状有 %1 个通道</translation>
  </message>
  <message>
   <source>'%1' has the data type %2</source>
   <translation>'%1' 的数据类型为 %2</translation>
  </message>
  <message>
   <source>The value_scaling of input %1 is %2</source>
   <translation>输入 %1 的 value_scaling 为 %2</translation>
  </message>
  <message>
   <source>nothing, 'z-score' (once, or once for each band) or one 'processing' with the format '%1' can be used</source>
   <translation>只能不填、使用 'z-score'（一个，或每个波段一个），或使用一个格式为 '%1' 的 'processing'</translation>
  </message>
  <message>
   <source>%1 has no usable '%2'</source>
   <translation>%1没有可用的 '%2'</translation>
  </message>
  <message>
   <source>a STAC item of a model has a JSON %1 there</source>
   <translation>模型的 STAC 条目在该处应有 JSON %1</translation>
  </message>
  <message>
   <source>'%1' is %2</source>
   <translation>'%1' 为 %2</translation>
  </message>
  <message>
   <source>a JSON list is expected</source>
   <translation>应为 JSON 列表</translation>
  </message>
  <message>
   <source>An output</source>
   <translation>某个输出</translation>
  </message>
  <message>
   <source>'%1' has the shape %2 in the order %3</source>
   <translation>'%1' 的形状为 %2，顺序为 %3</translation>
  </message>
  <message>
   <source>a JSON object is expected in its expression</source>
   <translation>其 expression 应为 JSON 对象</translation>
  </message>
  <message>
   <source>An input</source>
   <translation>某个输入</translation>
  </message>
  <message>
   <source>%1 bands</source>
   <translation>%1 个波段</translation>
  </message>
  <message>
   <source>four sizes in the order batch, bands, height, width are expected</source>
   <translation>应为按 batch、bands、height、width 顺序的四个大小</translation>
  </message>
  <message>
   <source>sizes in the order of its layout, %1, are expected</source>
   <translation>应为按其布局 %1 的顺序给出的各个大小</translation>
  </message>
  <message>
   <source>only '%1' can be used</source>
   <translation>只能使用 '%1'</translation>
  </message>
  <message>
   <source>its tensor says '%1'</source>
   <translation>其张量注明 '%1'</translation>
  </message>
  <message>
   <source>The model '%1' has a card inside already, which goes before any other; take the file as it was exported.</source>
   <translation>模型 '%1' 内部已有模型卡，它优先于任何其他模型卡；请使用最初导出的文件。</translation>
  </message>
  <message>
   <source>no tile was taken</source>
   <translation>没有分块能被接受</translation>
  </message>
  <message>
   <source>DEVICE is '%1', which ONNX Runtime cannot use here%2, but it was built for %3; choose one of these or 'auto'.</source>
   <translation>DEVICE 为 '%1'，ONNX Runtime 在此无法使用%2，但其编译支持 %3；请选择其中之一，或 'auto'。</translation>
  </message>
  <message>
   <source>ONNX Runtime %1 is installed, but %2 or newer is needed; update it for QGIS' Python with the line python3 -m pip install --upgrade onnxruntime</source>
   <translation>已安装 ONNX Runtime %1，但需要 %2 或更新版本；请用命令 python3 -m pip install --upgrade onnxruntime 为 QGIS 的 Python 更新</translation>
  </message>
  <message>
   <source>DEVICE is '%1', but only %2 exist; choose one of them.</source>
   <translation>DEVICE 为 '%1'，但只有 %2；请选择其中之一。</translation>
  </message>
  <message>
   <source>ONNX Runtime cannot be imported (%1), but it runs the networks; %2</source>
   <translation>无法导入 ONNX Runtime（%1），而网络由它运行；%2</translation>
  </message>
  <message>
   <source>made ONNX Runtime crash when it was tried in a process of its own, but it is expected to run</source>
   <translation>在单独的进程中试运行时使 ONNX Runtime 崩溃，而它本应能运行</translation>
  </message>
  <message>
   <source>was not through with a first small tile after %1 s, but a network is expected to be</source>
   <translation>在 %1 秒后仍未完成第一个小分块，而网络本应能完成</translation>
  </message>
  <message>
   <source>%1 GiB</source>
   <translation>%1 GiB</translation>
  </message>
  <message>
   <source>takes more than %1 for a first small tile, but a network is expected to take less</source>
   <translation>第一个小分块所需的内存超过 %1，而网络所需应少于此</translation>
  </message>
  <message>
   <source>The model '%1' %2; choose another network.</source>
   <translation>模型 '%1' %2；请选择其他网络。</translation>
  </message>
  <message>
   <source>out of memory</source>
   <translation>内存不足</translation>
  </message>
  <message>
   <source>The margin is %1 and the halo %2</source>
   <translation>边距为 %1，halo 为 %2</translation>
  </message>
  <message>
   <source>a halo of at least the margin is expected, since a pixel needs what lies around it</source>
   <translation>halo 应至少等于边距，因为一个像元需要其周围的内容</translation>
  </message>
  <message>
   <source>The window is %1 and the halo %2</source>
   <translation>窗口为 %1，halo 为 %2</translation>
  </message>
  <message>
   <source>a halo of %1 or more is expected</source>
   <translation>halo 应为 %1 或更大</translation>
  </message>
  <message>
   <source>write %1 into 'halo'</source>
   <translation>请将 %1 写入 'halo'</translation>
  </message>
  <message>
   <source>The card has a window of %1 and a margin of %2</source>
   <translation>模型卡有 %1 的窗口和 %2 的边距</translation>
  </message>
  <message>
   <source>only one of both is expected</source>
   <translation>两者应只有其一</translation>
  </message>
  <message>
   <source>The card has a window and an input of another ratio than 1</source>
   <translation>模型卡有窗口，且有比值不为 1 的输入</translation>
  </message>
  <message>
   <source>windows are cut on the grid of the result</source>
   <translation>窗口是在结果的格网上截取的</translation>
  </message>
  <message>
   <source>The card has a window and an output to which an input is added</source>
   <translation>模型卡有窗口，且有输出与某个输入相加</translation>
  </message>
  <message>
   <source>the network tells of one pixel</source>
   <translation>网络只给出单个像元的结果</translation>
  </message>
  <message>
   <source>leave 'add' out</source>
   <translation>请去掉 'add'</translation>
  </message>
  <message>
   <source>Input '%1' is scaled patch by patch and the card has no window</source>
   <translation>输入 '%1' 逐图块缩放，而模型卡没有窗口</translation>
  </message>
  <message>
   <source>only windows of a fixed size can be scaled so, else the result would depend on the tiles</source>
   <translation>只有固定大小的窗口可以这样缩放，否则结果会随分块而变</translation>
  </message>
  <message>
   <source>write the side of a patch into 'window', or take another scaling</source>
   <translation>请将图块的边长写入 'window'，或采用其他缩放</translation>
  </message>
  <message>
   <source>Input '%1' has the layout %2 without channels and %3 bands</source>
   <translation>输入 '%1' 的布局 %2 没有通道，却有 %3 个波段</translation>
  </message>
  <message>
   <source>one band is expected then</source>
   <translation>此时应为一个波段</translation>
  </message>
  <message>
   <source>%1 has the layout %2 and the card has a window</source>
   <translation>%1 的布局为 %2，且模型卡有窗口</translation>
  </message>
  <message>
   <source>an axis N of windows is expected</source>
   <translation>应有表示窗口的轴 N</translation>
  </message>
  <message>
   <source>%1 has the layout %2 without rows and columns</source>
   <translation>%1 的布局 %2 没有行和列</translation>
  </message>
  <message>
   <source>both are expected of tiles</source>
   <translation>分块应兼有两者</translation>
  </message>
  <message>
   <source>correct the layout, or write the side of a patch into 'window'</source>
   <translation>请改正布局，或将图块的边长写入 'window'</translation>
  </message>
  <message>
   <source>Input '%1' is the date of '%2'</source>
   <translation>输入 '%1' 是 '%2' 的日期</translation>
  </message>
  <message>
   <source>the role of a raster input is expected</source>
   <translation>应为某个栅格输入的角色</translation>
  </message>
  <message>
   <source>Input '%1' says 'again'</source>
   <translation>输入 '%1' 注明 'again'</translation>
  </message>
  <message>
   <source>an input before it with the same role and the same bands is expected</source>
   <translation>在它之前应有角色和波段都相同的输入</translation>
  </message>
  <message>
   <source>Output '%1' adds '%2'</source>
   <translation>输出 '%1' 加上 '%2'</translation>
  </message>
  <message>
   <source>the role of a raster input is expected there</source>
   <translation>此处应为某个栅格输入的角色</translation>
  </message>
  <message>
   <source>Output '%1' adds '%2', which is interpolated from %3 times larger pixels, and the halo is %4</source>
   <translation>输出 '%1' 加上 '%2'，后者由大小为 %3 倍的像元插值得到，而 halo 为 %4</translation>
  </message>
  <message>
   <source>Output '%1' is like '%2' and adds '%3'</source>
   <translation>输出 '%1' 与 '%2' 相同，却加上 '%3'</translation>
  </message>
  <message>
   <source>both are expected to be the same, so that the units are</source>
   <translation>两者应为同一个，以使单位一致</translation>
  </message>
  <message>
   <source>The tensor '%1' is one input and a part of another</source>
   <translation>张量 '%1' 既是一个输入，又是另一个输入的一部分</translation>
  </message>
  <message>
   <source>inputs that share a tensor all name it</source>
   <translation>共用一个张量的各输入都应注明该张量</translation>
  </message>
  <message>
   <source>write its name into 'tensor' of each</source>
   <translation>请将其名称写入各输入的 'tensor'</translation>
  </message>
  <message>
   <source>The inputs %1 share the tensor '%2' and differ in layout, dtype or ratio</source>
   <translation>输入 %1 共用张量 '%2'，但布局、数据类型或比值不同</translation>
  </message>
  <message>
   <source>all of them are expected to lie alike</source>
   <translation>它们的排列方式应全部相同</translation>
  </message>
  <message>
   <source>The tensor '%1' joins %2 inputs and has no channels</source>
   <translation>张量 '%1' 连接 %2 个输入，却没有通道</translation>
  </message>
  <message>
   <source>an axis C is expected in its layout</source>
   <translation>其布局中应有轴 C</translation>
  </message>
  <message>
   <source>%1 (%2) is expected</source>
   <translation>应为 %1（%2）</translation>
  </message>
  <message>
   <source>an %1 %2</source>
   <translation>%1 %2</translation>
  </message>
  <message>
   <source>correct the card or export it again</source>
   <translation>请改正模型卡，或重新导出</translation>
  </message>
  <message>
   <source>write %1 into 'dtype' of its tensor in the card</source>
   <translation>请将 %1 写入模型卡中其张量的 'dtype'</translation>
  </message>
  <message>
   <source>the %1 '%2' of %3</source>
   <translation>类型为 %3 的 %1 '%2'</translation>
  </message>
  <message>
   <source>The model '%1' has %2, but %3; %4.</source>
   <translation>模型 '%1' 有 %2，但%3；%4。</translation>
  </message>
  <message>
   <source>The model '%1' uses operators of '%2', but only those of ONNX and ONNX Runtime are run; export it without custom operators.</source>
   <translation>模型 '%1' 使用 '%2' 的算子，但只能运行 ONNX 和 ONNX Runtime 的算子；请不用自定义算子导出。</translation>
  </message>
  <message>
   <source>the inputs %1</source>
   <translation>输入 %1</translation>
  </message>
  <message>
   <source>its card names %1</source>
   <translation>其模型卡中为 %1</translation>
  </message>
  <message>
   <source>the outputs %1</source>
   <translation>输出 %1</translation>
  </message>
  <message>
   <source>%1 of '%2'</source>
   <translation>'%2' 的 %1</translation>
  </message>
  <message>
   <source>an input %1</source>
   <translation>输入 %1</translation>
  </message>
  <message>
   <source>its card gives it %1 numbers</source>
   <translation>其模型卡给它 %1 个数</translation>
  </message>
  <message>
   <source>export it again with another type</source>
   <translation>请以其他类型重新导出</translation>
  </message>
  <message>
   <source>four are expected, (1, bands, rows, cols)</source>
   <translation>应为四个，(1, bands, rows, cols)</translation>
  </message>
  <message>
   <source>its layout is %1</source>
   <translation>其布局为 %1</translation>
  </message>
  <message>
   <source>%1 of %2 axes</source>
   <translation>%1，有 %2 个轴</translation>
  </message>
  <message>
   <source>the ratio is a tensor of the shape (1,)</source>
   <translation>比值应为形状 (1,) 的张量</translation>
  </message>
  <message>
   <source>an output %1 without channels</source>
   <translation>没有通道的输出 %1</translation>
  </message>
  <message>
   <source>its card names %1 classes</source>
   <translation>其模型卡列出 %1 个类别</translation>
  </message>
  <message>
   <source>its layout is %1, in which 1 is an axis of length one</source>
   <translation>其布局为 %1，其中 1 为长度为一的轴</translation>
  </message>
  <message>
   <source>correct the layout in the card</source>
   <translation>请改正模型卡中的布局</translation>
  </message>
  <message>
   <source>%1 of %2 channels</source>
   <translation>%1，有 %2 个通道</translation>
  </message>
  <message>
   <source>its card says any number of bands</source>
   <translation>其模型卡注明波段数不限</translation>
  </message>
  <message>
   <source>any number</source>
   <translation>任意数目</translation>
  </message>
  <message>
   <source>time and memory</source>
   <translation>时间和内存</translation>
  </message>
  <message>
   <source>the receptive field</source>
   <translation>感受野</translation>
  </message>
  <message>
   <source>Not measured: %1 (%2).</source>
   <translation>未测量：%1（%2）。</translation>
  </message>
  <message>
   <source>No Python program is found to measure the network with; install Python 3 beside QGIS.</source>
   <translation>未找到用于测量网络的 Python 程序；请在 QGIS 之外安装 Python 3。</translation>
  </message>
  <message>
   <source>Operations within %1 are not counted.</source>
   <translation>%1 内的运算未计入。</translation>
  </message>
  <message>
   <source>the process that measures ended early</source>
   <translation>测量进程提前结束</translation>
  </message>
  <message>
   <source>it took more than %1 GiB</source>
   <translation>超过了 %1 GiB</translation>
  </message>
  <message>
   <source>it took more than %1 s</source>
   <translation>超过了 %1 s</translation>
  </message>
  <message>
   <source>'%1' of a learned range</source>
   <translation>学习范围的 '%1'</translation>
  </message>
  <message>
   <source>A learned range is %1 in steps of %2</source>
   <translation>某个学习范围为 %1，步长为 %2</translation>
  </message>
  <message>
   <source>the lower number first, and a scale above 0, are expected</source>
   <translation>应为小的数在前，且缩放系数大于 0</translation>
  </message>
  <message>
   <source>The file '%1' is no ONNX file, but one is expected; check MODEL.</source>
   <translation>文件 '%1' 不是 ONNX 文件，而应为 ONNX 文件；请检查 MODEL。</translation>
  </message>
  <message>
   <source>The model '%1' has %2 bytes with its weights, but at most %3 are accepted; use a smaller network.</source>
   <translation>模型 '%1' 连同权重有 %2 字节，但最多接受 %3；请使用较小的网络。</translation>
  </message>
  <message>
   <source>The model '%1' does not exist or is no file, but an ONNX file is expected; check MODEL.</source>
   <translation>模型 '%1' 不存在或不是文件，而应为 ONNX 文件；请检查 MODEL。</translation>
  </message>
  <message>
   <source>The model '%1' has %2 bytes, but an ONNX file has at most %3; use a smaller network.</source>
   <translation>模型 '%1' 有 %2 字节，但 ONNX 文件最大为 %3；请使用较小的网络。</translation>
  </message>
  <message>
   <source>The model '%1' is truncated or damaged, but a whole ONNX file is expected; get or export it again.</source>
   <translation>模型 '%1' 被截断或已损坏，而应为完整的 ONNX 文件；请重新获取或导出。</translation>
  </message>
  <message>
   <source>The file '%1' holds no network, but a whole ONNX file is expected; get or export it again.</source>
   <translation>文件 '%1' 不含网络，而应为完整的 ONNX 文件；请重新获取或导出。</translation>
  </message>
  <message>
   <source>The model '%1' keeps weights in '%2', outside its own folder, but only files beside it are read; save it as one file.</source>
   <translation>模型 '%1' 的权重存放在自身文件夹之外的 '%2' 中，但只读取其旁边的文件；请保存为单个文件。</translation>
  </message>
  <message>
   <source>The model '%1' keeps weights in '%2', which is missing, but it is expected beside the model; copy it there or save the model as one file.</source>
   <translation>模型 '%1' 的权重存放在 '%2' 中，但该文件缺失，它应位于模型旁边；请将其复制到该处，或将模型保存为单个文件。</translation>
  </message>
  <message>
   <source>The model '%1' cannot be read (%2), but a readable file is expected; check MODEL.</source>
   <translation>无法读取模型 '%1'（%2），而应为可读取的文件；请检查 MODEL。</translation>
  </message>
  <message>
   <source>The model '%1' has %2, but no network in use has that many; choose another one.</source>
   <translation>模型 '%1' 有%2，但没有实用的网络会有这么多；请选择其他网络。</translation>
  </message>
  <message>
   <source>weights in more than %1 files</source>
   <translation>分布在 %1 个以上文件中的权重</translation>
  </message>
  <message>
   <source>more than %1 operators</source>
   <translation>%1 个以上的算子</translation>
  </message>
  <message>
   <source>more than %1 entries</source>
   <translation>%1 个以上的条目</translation>
  </message>
  <message>
   <source>^Load model from .*? failed: ?</source>
   <translation>^Load model from .*? failed: ?</translation>
  </message>
  <message>
   <source>ONNX Runtime cannot load the model '%1' (%2), but a network that it knows is expected; export it again, with ONNX operator set 17 or lower.</source>
   <translation>ONNX Runtime 无法加载模型 '%1'（%2），而应为它所支持的网络；请用不高于 17 的 ONNX 算子集重新导出。</translation>
  </message>
  <message>
   <source>The model '%1' failed on a tile (%2), but its card says that it takes it; correct halo, multiple_of or bands in the card, or export it again.</source>
   <translation>模型 '%1' 在一个分块上运行失败（%2），但其模型卡注明可以接受；请改正模型卡中的 halo、multiple_of 或 bands，或重新导出。</translation>
  </message>
  <message>
   <source>The input '%1' of the model '%2' was given %3, but %4; give a %5 raster with these bands or choose another model.</source>
   <translation>模型 '%2' 的输入 '%1' 得到 %3，但%4；请提供具有这些波段的 %5 栅格，或选择其他模型。</translation>
  </message>
  <message>
   <source>The device '%1' cannot be used (%2): the network runs on the CPU instead.</source>
   <translation>设备 '%1' 无法使用（%2）：网络改在 CPU 上运行。</translation>
  </message>
  <message>
   <source>ONNX Runtime lists it but found no such device or libraries</source>
   <translation>ONNX Runtime 列出了它，但未找到该设备或其库</translation>
  </message>
  <message>
   <source>The run was stopped by the user.</source>
   <translation>运行已被用户停止。</translation>
  </message>
  <message>
   <source>The memory does not suffice for one tile on the device '%1' (%2), but a tile must fit into it; choose a smaller TILE_SIZE.</source>
   <translation>设备 '%1' 上的内存不足以容纳一个分块（%2），而分块必须能够容纳；请选择较小的 TILE_SIZE。</translation>
  </message>
  <message>
   <source>The rasters for '%1' cover %2 output pixels, but all must cover the same; correct 'ratio' in the card.</source>
   <translation>'%1' 的栅格覆盖 %2 输出像元，但各栅格的覆盖范围必须相同；请改正模型卡中的 'ratio'。</translation>
  </message>
  <message>
   <source>The model '%1' returned NaN or infinity in '%2', but finite numbers are expected; check its training and the scaling in its card.</source>
   <translation>模型 '%1' 在 '%2' 中返回了 NaN 或无穷大，而应为有限数值；请检查其训练以及模型卡中的缩放。</translation>
  </message>
  <message>
   <source>Status Message:</source>
   <translation>Status Message:</translation>
  </message>
  <message>
   <source>The device '%1' failed (%2): the CPU goes on instead.</source>
   <translation>设备 '%1' 运行失败（%2）：改由 CPU 继续。</translation>
  </message>
  <message>
   <source>a float32 tensor is expected</source>
   <translation>应为 float32 张量</translation>
  </message>
  <message>
   <source>(1, bands, rows, cols) with %1 bands is expected</source>
   <translation>应为含 %1 波段的 (1, bands, rows, cols)</translation>
  </message>
  <message>
   <source>one number is</source>
   <translation>一个数</translation>
  </message>
  <message>
   <source>numbers in a row are</source>
   <translation>一行数</translation>
  </message>
  <message>
   <source>%1 expected</source>
   <translation>应为%1</translation>
  </message>
  <message>
   <source>name of a tensor</source>
   <translation>张量的名称</translation>
  </message>
  <message>
   <source>dtype of a tensor</source>
   <translation>张量的 dtype</translation>
  </message>
  <message>
   <source>layout of a tensor</source>
   <translation>张量的布局</translation>
  </message>
  <message>
   <source>The %1 has %2 numbers</source>
   <translation>%1 有 %2 个数</translation>
  </message>
  <message>
   <source>The layout of a tensor is %1</source>
   <translation>张量的布局为 %1</translation>
  </message>
  <message>
   <source>one letter for each axis is expected, N, C, H and W at most once, H and W together, 1 for an axis of length one, such as NCHW or NHWC</source>
   <translation>每个轴应有一个字母，N、C、H 和 W 各最多一次，H 和 W 须同时出现，1 表示长度为一的轴，例如 NCHW 或 NHWC</translation>
  </message>
  <message>
   <source>a tile of %1 pixels holds no window of %2</source>
   <translation>%1 像元的分块容不下 %2 的窗口</translation>
  </message>
  <message>
   <source>units</source>
   <translation>单位</translation>
  </message>
  <message>
   <source>%1 holds values from %2 to %3, which are no calibrated backscatter, so they are taken for decibels that were stretched</source>
   <translation>%1 的值为 %2 至 %3，不是定标后的后向散射，因此视为经拉伸的分贝值</translation>
  </message>
  <message>
   <source>%1: the values are %2, as SAR_UNIT says</source>
   <translation>%1：按 SAR_UNIT，数值为 %2</translation>
  </message>
  <message>
   <source>set SAR_UNIT if they are amplitude or power</source>
   <translation>如果是振幅或功率，请设置 SAR_UNIT</translation>
  </message>
  <message>
   <source>Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it.</source>
   <translation>每个像元取其周围边长为 2 倍半径 + 1 像元的正方形内出现最多的类别。</translation>
  </message>
  <message>
   <source>Smaller polygons are left out of POLYGONS.</source>
   <translation>更小的多边形不计入 POLYGONS。</translation>
  </message>
  <message>
   <source>Majority filter: radius (pixels; 0 = none)</source>
   <translation>众数滤波：半径（像元；0 = 不滤波）</translation>
  </message>
  <message>
   <source>Smallest polygon (square metres; 0 = all)</source>
   <translation>最小多边形（平方米；0 = 全部）</translation>
  </message>
  <message>
   <source>Smallest hole (square metres; 0 = all)</source>
   <translation>最小孔洞（平方米；0 = 全部）</translation>
  </message>
  <message>
   <source>Smaller holes in POLYGONS are filled.</source>
   <translation>填充 POLYGONS 中更小的孔洞。</translation>
  </message>
  <message>
   <source>Simplify polygons by (pixels; 0 = not)</source>
   <translation>简化多边形（像元；0 = 不简化）</translation>
  </message>
  <message>
   <source>How far the outline of a polygon may be moved to save vertices. 0: it follows the edges of the pixels.</source>
   <translation>为减少节点，多边形轮廓最多可移动多远。0：沿像元边缘。</translation>
  </message>
  <message>
   <source>Probability of the chosen class, 0 to 1. That of a trained network is calibrated on samples that the training did not learn from.</source>
   <translation>所选类别的概率，0 至 1。训练所得网络的概率用未参与训练的样本校准。</translation>
  </message>
  <message>
   <source>Probabilities of all classes</source>
   <translation>所有类别的概率</translation>
  </message>
  <message>
   <source>One band for each class, in the order of the classes; they sum to 1.</source>
   <translation>每个类别一个波段，按类别的顺序；其和为 1。</translation>
  </message>
  <message>
   <source>The card names 256 classes, but one value must be left for pixels without data; take fewer.</source>
   <translation>模型卡列出 256 个类别，但须为无数据像元留出一个值；请减少类别。</translation>
  </message>
  <message>
   <source>probability of the class</source>
   <translation>类别概率</translation>
  </message>
  <message>
   <source>% of the area</source>
   <translation>占面积的 %</translation>
  </message>
  <message>
   <source>What covers the area?</source>
   <translation>该区域由什么覆盖？</translation>
  </message>
  <message>
   <source>Share of the pixels with data that were given each class.</source>
   <translation>有数据的像元中各类别所占的比例。</translation>
  </message>
  <message>
   <source>consistency</source>
   <translation>一致性</translation>
  </message>
  <message>
   <source>%1 lies in another CRS or turned against the result, so its pixels cannot be compared</source>
   <translation>%1 与结果的 CRS 不同，或相对其旋转，因此其像元无法比较</translation>
  </message>
  <message>
   <source>The result is made consistent with %1, its MTF gain at Nyquist being %2%3</source>
   <translation>已使结果与 %1 一致，其在奈奎斯特频率处的 MTF 增益为 %2%3</translation>
  </message>
  <message>
   <source>The result is not made consistent with %1: how blurred that is could not be measured</source>
   <translation>未使结果与 %1 一致：无法测量其模糊程度</translation>
  </message>
  <message>
   <source>%1 is on, but %2; warp it before, or set %3 to %4.</source>
   <translation>%1 已启用，但 %2；请先作变形校正，或将 %3 设为 %4。</translation>
  </message>
  <message>
   <source>as measured</source>
   <translation>（测量值）</translation>
  </message>
  <message>
   <source>say SENSOR or GAINS where they are known</source>
   <translation>如果已知 SENSOR 或 GAINS，请给出</translation>
  </message>
  <message>
   <source>(SENSOR says %1)</source>
   <translation>（SENSOR 给出 %1）</translation>
  </message>
  <message>
   <source>The result is not made consistent with %1: %2</source>
   <translation>未使结果与 %1 一致：%2</translation>
  </message>
  <message>
   <source>%1 windows of %2 x %3 pixels take about %4 on this computer</source>
   <translation>在这台计算机上，%1 个 %2 x %3 像元的窗口约需 %4</translation>
  </message>
  <message>
   <source>%1 min</source>
   <translation>%1 分钟</translation>
  </message>
  <message>
   <source>EVERY=%1 takes a quarter of it</source>
   <translation>EVERY=%1 只需其四分之一的时间</translation>
  </message>
  <message>
   <source>time</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>MODEL '%1': %2%3</source>
   <translation>MODEL '%1'：%2%3</translation>
  </message>
  <message>
   <source>EVERY is %1, but MODEL '%2' takes whole tiles and no windows; leave it at 1.</source>
   <translation>EVERY 为 %1，但 MODEL '%2' 使用整个分块而不使用窗口；请保持为 1。</translation>
  </message>
  <message>
   <source>%1 is divided by %2, the largest value of %3 bits</source>
   <translation>%1 除以 %2，即 %3 位的最大值</translation>
  </message>
  <message>
   <source>%1: band %2 has no valid pixel in the sample of the raster, but MODEL scales it by its own values; check its nodata value, or leave the band out.</source>
   <translation>%1：在栅格的抽样中，波段 %2 没有有效像元，而 MODEL 按其自身的值缩放；请检查其无数据值，或去掉该波段。</translation>
  </message>
  <message>
   <source>%1 holds %2 values, which have no largest one, but MODEL divides by it; write 'bits' into the scaling of its card, or give a raster of whole numbers.</source>
   <translation>%1 的值为 %2 类型，没有最大值，而 MODEL 要除以最大值；请在其模型卡的缩放中写入 'bits'，或提供整数栅格。</translation>
  </message>
  <message>
   <source>%1 has no data in the area of the run; choose a raster with data.</source>
   <translation>%1 在运行区域内没有数据；请选择有数据的栅格。</translation>
  </message>
  <message>
   <source>%1 has %2 bands, but MODEL takes %3 principal components; give a raster with as many bands or more.</source>
   <translation>%1 有 %2 个波段，但 MODEL 使用 %3 个主成分；请提供波段数与此相同或更多的栅格。</translation>
  </message>
  <message>
   <source>%1 has %2 valid pixels in its sample, which are too few for %3 principal components; give a raster with more data.</source>
   <translation>%1 的抽样中有 %2 个有效像元，不足以求出 %3 个主成分；请提供数据更多的栅格。</translation>
  </message>
  <message>
   <source>values</source>
   <translation>数值</translation>
  </message>
  <message>
   <source>%1 holds %2 to %3 in %4, and MODEL '%5' has learned from %6 to %7</source>
   <translation>%1 在 %4 中的值为 %2 至 %3，而 MODEL '%5' 的学习范围为 %6 至 %7</translation>
  </message>
  <message>
   <source>bring %1 to the units of the raster that the network was trained on, or train one on %2</source>
   <translation>请将 %1 转换为网络训练所用栅格的单位，或用 %2 训练网络</translation>
  </message>
  <message>
   <source>(%1 of %2 bands differ so)</source>
   <translation>（%2 个波段中有 %1 个如此）</translation>
  </message>
  <message>
   <source>%1%2, so the result may mean nothing</source>
   <translation>%1%2，因此结果可能没有意义</translation>
  </message>
  <message>
   <source>%1%2; they are scaled as the bands of both state</source>
   <translation>%1%2；两者按各自波段声明的缩放进行换算</translation>
  </message>
  <message>
   <source>METHOD is '%1'; expected one of %2.</source>
   <translation>METHOD 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>PAN has no contrast that MS shares, so nothing of PAN is injected: the result is interpolated MS.</source>
   <translation>PAN 没有与 MS 共有的对比度，因此不注入 PAN 的任何内容：结果为插值后的 MS。</translation>
  </message>
  <message>
   <source>No band of MS is related to PAN, so nothing of PAN is injected: the result is interpolated MS.</source>
   <translation>MS 没有与 PAN 相关的波段，因此不注入 PAN 的任何内容：结果为插值后的 MS。</translation>
  </message>
  <message>
   <source>PAN has no contrast at the pixel size of MS, so nothing of it is injected into band %1: it is interpolated MS.</source>
   <translation>PAN 在 MS 的像元大小上没有对比度，因此不向波段 %1 注入其任何内容：该波段为插值后的 MS。</translation>
  </message>
  <message>
   <source>band %1 of MS</source>
   <translation>MS 的波段 %1</translation>
  </message>
  <message>
   <source>in all bands of MS</source>
   <translation>MS 的所有波段中</translation>
  </message>
  <message>
   <source>No pixel is valid in PAN and %1, but some are needed to learn how they are related; check the nodata values and masks, or leave the empty band out.</source>
   <translation>PAN 和 %1 没有共同的有效像元，而学习两者的关系需要若干像元；请检查无数据值和掩膜，或去掉空波段。</translation>
  </message>
  <message>
   <source>%1 is %2 to what the sensor of %3 would see with pixels of its size: %4</source>
   <translation>%1 经 %2，达到 %3 的传感器以其像元大小所能看到的程度：%4</translation>
  </message>
  <message>
   <source>%1, so what is usual holds, MTF gains at Nyquist of %2 and %3</source>
   <translation>%1，因此采用通常的值，奈奎斯特频率处的 MTF 增益为 %2 和 %3</translation>
  </message>
  <message>
   <source>their MTF gains at Nyquist are %1 and %2%3</source>
   <translation>两者在奈奎斯特频率处的 MTF 增益为 %1 和 %2%3</translation>
  </message>
  <message>
   <source>sharpness</source>
   <translation>清晰度</translation>
  </message>
  <message>
   <source>the sensor is not said</source>
   <translation>未指定传感器</translation>
  </message>
  <message>
   <source>what is published of its blur is doubtful</source>
   <translation>其模糊的公布值不可靠</translation>
  </message>
  <message>
   <source>%1 is %2; expected one of %3.</source>
   <translation>%1 为 %2；应为以下之一：%3。</translation>
  </message>
  <message>
   <source>AlignedInput takes a source that lies as its domain, not one of %1</source>
   <translation>AlignedInput 只接受与其区域位置一致的数据源，而不接受以下情形：%1</translation>
  </message>
  <message>
   <source>%1 or %2 is not georeferenced; expected both on one map, so georeference them, or give one raster with all bands.</source>
   <translation>%1 或 %2 没有地理参考；两者应在同一地图上，因此请建立地理参考，或给出含所有波段的单个栅格。</translation>
  </message>
  <message>
   <source>%1 is in another CRS than %2, or turned against it; expected grids of one product, so reproject one of them first.</source>
   <translation>%1 与 %2 的 CRS 不同，或相对其旋转；应为同一产品的格网，因此请先将其中一个重投影。</translation>
  </message>
  <message>
   <source>'%1' cannot be taken apart (%2); give its bands as several rasters.</source>
   <translation>无法拆分 '%1'（%2）；请将其波段作为多个栅格给出。</translation>
  </message>
  <message>
   <source>%1: its rasters cannot be brought together (%2).</source>
   <translation>%1：其栅格无法合并（%2）。</translation>
  </message>
  <message>
   <source>name of a class</source>
   <translation>类别名称</translation>
  </message>
  <message>
   <source>code of class '%1'</source>
   <translation>类别 '%1' 的代码</translation>
  </message>
  <message>
   <source>Class '%1' has the colour %2</source>
   <translation>类别 '%1' 的颜色为 %2</translation>
  </message>
  <message>
   <source>'#' and six digits 0-f are expected</source>
   <translation>应为 '#' 加六位 0-f 的数字</translation>
  </message>
  <message>
   <source>%1 names '%2'; expected names or codes of the classes: %3.</source>
   <translation>%1 指定了 '%2'；应为类别的名称或代码：%3。</translation>
  </message>
  <message>
   <source>2016-08-07, 20160807 or 2016220 (year and day of the year)</source>
   <translation>2016-08-07、20160807 或 2016220（年份和年积日）</translation>
  </message>
  <message>
   <source>gdal_edit.py -a_nodata, or Raster &gt; Conversion &gt; Translate</source>
   <translation>gdal_edit.py -a_nodata，或栅格 &gt; 转换 &gt; 转换 (格式转换)</translation>
  </message>
  <message>
   <source>%1 holds %2 %3, %4 % of a sample, and does not declare it as no data; it is taken for that</source>
   <translation>%1 含有值 %2，%3，占抽样的 %4%，但未将其声明为无数据；按无数据处理</translation>
  </message>
  <message>
   <source>declare it%1 (%2)</source>
   <translation>请声明它%1（%2）</translation>
  </message>
  <message>
   <source>nodata</source>
   <translation>无数据</translation>
  </message>
  <message>
   <source>along its border</source>
   <translation>位于其边缘</translation>
  </message>
  <message>
   <source>far from all else (%1 to %2)</source>
   <translation>远离所有其他值（%1 至 %2）</translation>
  </message>
  <message>
   <source>or any other nodata value if it is a true value</source>
   <translation>若它是真实值，则声明任意其他无数据值</translation>
  </message>
  <message>
   <source>%1 holds undeclared fill such as %2 here and there (%3 values were read), which was taken as no data</source>
   <translation>%1 零散含有未声明的填充值，例如 %2（读到 %3 个值），已按无数据处理</translation>
  </message>
  <message>
   <source>declare it as the nodata value of %1 (%2)</source>
   <translation>请将其声明为 %1 的无数据值（%2）</translation>
  </message>
  <message>
   <source>the format %1</source>
   <translation>格式 %1</translation>
  </message>
  <message>
   <source>the file ending '.%1'</source>
   <translation>文件扩展名 '.%1'</translation>
  </message>
  <message>
   <source>%1: GDAL writes no raster for %2; use .tif, or another ending that GDAL writes.</source>
   <translation>%1：GDAL 无法以 %2 写出栅格；请用 .tif，或 GDAL 可写出的其他扩展名。</translation>
  </message>
  <message>
   <source>CREATION_OPTIONS has '%1'; expected KEY=VALUE, several of them separated by |, such as COMPRESS=ZSTD|PREDICTOR=2.</source>
   <translation>CREATION_OPTIONS 含有 '%1'；应为 KEY=VALUE，多个选项以 | 分隔，例如 COMPRESS=ZSTD|PREDICTOR=2。</translation>
  </message>
  <message>
   <source>CREATION_OPTIONS has '%1', but the format %2 has no option %3; choose one that it has, such as %4.</source>
   <translation>CREATION_OPTIONS 含有 '%1'，但格式 %2 没有选项 %3；请选择它具有的选项，例如 %4。</translation>
  </message>
  <message>
   <source>CREATION_OPTIONS has '%1', but the format %2 takes one of %3 as %4; choose one of them.</source>
   <translation>CREATION_OPTIONS 含有 '%1'，但格式 %2 的 %4 应取以下之一：%3；请选择其中之一。</translation>
  </message>
  <message>
   <source>May be caused by:</source>
   <translation>May be caused by:</translation>
  </message>
  <message>
   <source>unknown error</source>
   <translation>未知错误</translation>
  </message>
  <message>
   <source>PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32632"]]</source>
   <translation>PROJCS["WGS 84 / UTM zone 32N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","32632"]]</translation>
  </message>
  <message>
   <source>%1: %2 cannot be read (%3); fetch or export them again.</source>
   <translation>%1：无法读取 %2（%3）；请重新获取或导出。</translation>
  </message>
  <message>
   <source>%1: '%2' (%3 x %4 pixels of %5) is not on the grid of '%6' (%7 x %8 pixels of %9); expected files of one product, so leave one of them out.</source>
   <translation>%1：'%2'（%3 x %4 像元，大小 %5）不在 '%6'（%7 x %8 像元，大小 %9）的格网上；应为同一产品的文件，因此请去掉其中之一。</translation>
  </message>
  <message>
   <source>food: amenity=restaurant|cafe|bar|pub|fast_food|food_court|ice_cream|biergarten|nightclub; retail: shop=*, amenity=marketplace, building=retail|supermarket|kiosk; public: amenity=townhall|courthouse|post_office|police|fire_station|embassy|prison, office=government|diplomatic, building=public|civic|government; office: office=*, building=office|commercial; finance: amenity=bank|atm|bureau_de_change; education: amenity=school|kindergarten|university|college|library|music_school, building=school|university|kindergarten|college; health: amenity=hospital|clinic|doctors|dentist|pharmacy|veterinary, healthcare=*, building=hospital; religion: amenity=place_of_worship, building=church|cathedral|chapel|mosque|temple|synagogue; culture: amenity=theatre|cinema|arts_centre|community_centre|events_venue, tourism=museum|gallery|attraction, building=museum; lodging: tourism=hotel|hostel|guest_house|apartment|motel, building=hotel; homes: building=apartments|residential|house|detached|terrace|dormitory, entrance=staircase|home; leisure: leisure=playground|pitch|sports_centre|fitness_centre|swimming_pool|stadium; open air: amenity=bench|fountain|drinking_water|shelter|waste_basket, historic=memorial|monument, tourism=artwork|viewpoint|picnic_site, natural=tree; transport: public_transport=*, highway=bus_stop, railway=station|tram_stop|subway_entrance|halt, amenity=bus_station|parking|fuel|bicycle_rental|taxi, building=train_station|garage; industry: man_made=works|silo|storage_tank|chimney, craft=*, industrial=*, building=industrial|warehouse</source>
   <translation>food: amenity=restaurant|cafe|bar|pub|fast_food|food_court|ice_cream|biergarten|nightclub; retail: shop=*, amenity=marketplace, building=retail|supermarket|kiosk; public: amenity=townhall|courthouse|post_office|police|fire_station|embassy|prison, office=government|diplomatic, building=public|civic|government; office: office=*, building=office|commercial; finance: amenity=bank|atm|bureau_de_change; education: amenity=school|kindergarten|university|college|library|music_school, building=school|university|kindergarten|college; health: amenity=hospital|clinic|doctors|dentist|pharmacy|veterinary, healthcare=*, building=hospital; religion: amenity=place_of_worship, building=church|cathedral|chapel|mosque|temple|synagogue; culture: amenity=theatre|cinema|arts_centre|community_centre|events_venue, tourism=museum|gallery|attraction, building=museum; lodging: tourism=hotel|hostel|guest_house|apartment|motel, building=hotel; homes: building=apartments|residential|house|detached|terrace|dormitory, entrance=staircase|home; leisure: leisure=playground|pitch|sports_centre|fitness_centre|swimming_pool|stadium; open air: amenity=bench|fountain|drinking_water|shelter|waste_basket, historic=memorial|monument, tourism=artwork|viewpoint|picnic_site, natural=tree; transport: public_transport=*, highway=bus_stop, railway=station|tram_stop|subway_entrance|halt, amenity=bus_station|parking|fuel|bicycle_rental|taxi, building=train_station|garage; industry: man_made=works|silo|storage_tank|chimney, craft=*, industrial=*, building=industrial|warehouse</translation>
  </message>
  <message>
   <source>choose another name for the result</source>
   <translation>请为结果选择其他名称</translation>
  </message>
  <message>
   <source>is also %1</source>
   <translation>也是 %1</translation>
  </message>
  <message>
   <source>%1: '%2', which comes with '%3', is there and belongs to another raster; %4.</source>
   <translation>%1：随 '%3' 产生的 '%2' 已存在，且属于另一个栅格；%4。</translation>
  </message>
  <message>
   <source>is one of the files of %1</source>
   <translation>是 %1 的文件之一</translation>
  </message>
  <message>
   <source>%1: '%2', which comes with '%3', %4; %5.</source>
   <translation>%1：随 '%3' 产生的 '%2' %4；%5。</translation>
  </message>
  <message>
   <source>free some space or choose another folder</source>
   <translation>请腾出空间，或选择其他文件夹</translation>
  </message>
  <message>
   <source>choose another folder or format</source>
   <translation>请选择其他文件夹或格式</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be written (%3; %4 MiB are free there); %5.</source>
   <translation>%1：无法写入 '%2'（%3；该处剩余 %4 MiB）；%5。</translation>
  </message>
  <message>
   <source>%1: '%2' has no point with a number; choose another layer.</source>
   <translation>%1：'%2' 中没有带数值的点；请选择其他图层。</translation>
  </message>
  <message>
   <source>%1 holds lines; expected points or polygons, so choose another layer.</source>
   <translation>%1 含有线；应为点或多边形，因此请选择其他图层。</translation>
  </message>
  <message>
   <source>no field of numbers '%1'</source>
   <translation>没有数值字段 '%1'</translation>
  </message>
  <message>
   <source>no field of numbers</source>
   <translation>没有数值字段</translation>
  </message>
  <message>
   <source>%1: %2 has %3; its fields of numbers are: %4.</source>
   <translation>%1：%2 %3；其数值字段为：%4。</translation>
  </message>
  <message>
   <source>%1: %2 fields, but at most %3 are taken; name those that matter.</source>
   <translation>%1：有 %2 个字段，但最多使用 %3 个；请指定重要的字段。</translation>
  </message>
  <message>
   <source>%1 or what it is compared with has no CRS: it is taken to be in %2.</source>
   <translation>%1 或与其比较的数据没有 CRS：视为采用 %2。</translation>
  </message>
  <message>
   <source>no layer '%1'</source>
   <translation>没有图层 '%1'</translation>
  </message>
  <message>
   <source>%1 layers</source>
   <translation>%1 个图层</translation>
  </message>
  <message>
   <source>%1: '%2' holds %3; name one of these: %4.</source>
   <translation>%1：'%2' 中有 %3；请指定以下之一：%4。</translation>
  </message>
  <message>
   <source>%1 has the part '%2'; expected 'category: key=value|value', such as 'food: amenity=cafe|restaurant; shops: shop=*', so correct it.</source>
   <translation>%1 中有 '%2' 这一部分；应为 'category: key=value|value'，例如 'food: amenity=cafe|restaurant; shops: shop=*'，因此请改正。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be read as a vector layer (%3); choose one that OGR reads.</source>
   <translation>%1：无法将 '%2' 作为矢量图层读取（%3）；请选择 OGR 可读取的图层。</translation>
  </message>
  <message>
   <source>without a category</source>
   <translation>没有类型</translation>
  </message>
  <message>
   <source>without a geometry</source>
   <translation>没有几何图形</translation>
  </message>
  <message>
   <source>%1: '%2' holds lines; expected points or polygons, so choose another layer.</source>
   <translation>%1：'%2' 含有线；应为点或多边形，因此请选择其他图层。</translation>
  </message>
  <message>
   <source>without a number above zero in '%1'</source>
   <translation>字段 '%1' 中没有大于零的数值</translation>
  </message>
  <message>
   <source>%1 has no field '%2'; its fields are: %3.</source>
   <translation>%1 没有字段 '%2'；其字段为：%3。</translation>
  </message>
  <message>
   <source>%1: '%2' has no point with a category; check the field or the rules.</source>
   <translation>%1：'%2' 中没有具有类型的点；请检查字段或规则。</translation>
  </message>
  <message>
   <source>%1 has %2 categories, but at most %3 bands are made; choose a field with fewer, or rules that join them.</source>
   <translation>%1 有 %2 个类型，但最多生成 %3 个波段；请选择类型较少的字段，或用规则将其合并。</translation>
  </message>
  <message>
   <source>no vector file</source>
   <translation>不是矢量文件</translation>
  </message>
  <message>
   <source>%1 or the raster has no CRS: it is taken to be in %2.</source>
   <translation>%1 或栅格没有 CRS：视为采用 %2。</translation>
  </message>
  <message>
   <source>ESRI Shapefile</source>
   <translation>ESRI Shapefile</translation>
  </message>
  <message>
   <source>%1: '%2' ends in '%3'; expected one of %4, so choose another name.</source>
   <translation>%1：'%2' 的扩展名为 '%3'；应为以下之一：%4，因此请选择其他名称。</translation>
  </message>
  <message>
   <source>The polygons '%1' cannot be written (%2); free some space or choose another name.</source>
   <translation>无法写入多边形 '%1'（%2）；请腾出空间，或选择其他名称。</translation>
  </message>
  <message>
   <source>%1 % of the values of OUTPUT lie outside %2 to %3, which is all that</source>
   <translation>OUTPUT 中有 %1% 的值超出 %2 至 %3，这是以下类型所能容纳的全部范围：</translation>
  </message>
  <message>
   <source>%1 holds, and were clipped</source>
   <translation>%1，这些值已被截断</translation>
  </message>
  <message>
   <source>choose a larger DATA_TYPE, such as Float32, where there is one, or rescale the rasters first</source>
   <translation>请选择更大的 DATA_TYPE，例如 Float32（若有），或先将栅格重新缩放</translation>
  </message>
  <message>
   <source>The data type is %1, but whole numbers of up to 32 bits, float32 and float64 can be written; choose one of them as DATA_TYPE.</source>
   <translation>数据类型为 %1，但只能写出最多 32 位的整数、float32 和 float64；请将 DATA_TYPE 选为其中之一。</translation>
  </message>
  <message>
   <source>Band %1 has no valid pixel in the sample of the raster, but its brightness and contrast are needed; check its nodata value and mask, or leave the band out.</source>
   <translation>在栅格的抽样中，波段 %1 没有有效像元，而需要其亮度和对比度；请检查其无数据值和掩膜，或去掉该波段。</translation>
  </message>
  <message>
   <source>the numbers of a scaling of the kind '%1' come from the raster</source>
   <translation>'%1' 类型的缩放，其数值取自栅格</translation>
  </message>
  <message>
   <source>a scaling of the kind 'dataset' needs the offset and scale of %1 bands</source>
   <translation>'dataset' 类型的缩放需要 %1 个波段的偏置和缩放系数</translation>
  </message>
  <message>
   <source>clipping</source>
   <translation>截断</translation>
  </message>
  <message>
   <source>%1 holds values up to %2, and numbers are computed in single precision (24 bit), so those of the result have steps of up to %3</source>
   <translation>%1 含有高达 %2 的值，而数值以单精度（24 位）计算，因此结果的数值步长可达 %3</translation>
  </message>
  <message>
   <source>subtract a constant from the raster first where such steps matter</source>
   <translation>如果这样的步长有影响，请先从栅格中减去一个常数</translation>
  </message>
  <message>
   <source>precision</source>
   <translation>精度</translation>
  </message>
  <message>
   <source>NODATA is %1, but %2 holds %3 to %4%5; choose another NODATA or data type.</source>
   <translation>NODATA 为 %1，但 %2 可容纳 %3 至 %4%5；请选择其他 NODATA 或数据类型。</translation>
  </message>
  <message>
   <source>in whole numbers</source>
   <translation>的整数</translation>
  </message>
  <message>
   <source>'%1' cannot be read by its own pixels (%2); export it to a GeoTIFF.</source>
   <translation>无法按自身像元读取 '%1'（%2）；请将其导出为 GeoTIFF。</translation>
  </message>
  <message>
   <source>OUTPUT: the format %1 cannot say where this raster lies (its rows may be turned); choose another FORMAT, METHOD 'shift', or set ON_REFERENCE_GRID to resample.</source>
   <translation>OUTPUT：格式 %1 无法表示该栅格的位置（其行可能有旋转）；请选择其他 FORMAT 或 METHOD 'shift'，或启用 ON_REFERENCE_GRID 进行重采样。</translation>
  </message>
  <message>
   <source>data type</source>
   <translation>数据类型</translation>
  </message>
  <message>
   <source>nodata value</source>
   <translation>无数据值</translation>
  </message>
  <message>
   <source>%1 cannot be read at column %2, row %3 of the result (%4); the file is truncated or damaged, so fetch or export it again.</source>
   <translation>无法读取 %1 在结果第 %2 列、第 %3 行处的数据（%4）；文件被截断或已损坏，因此请重新获取或导出。</translation>
  </message>
  <message>
   <source>OUTPUT: the format %1 would change the %2 of band %3 from %4 to %5; choose another FORMAT, or set ON_REFERENCE_GRID to resample.</source>
   <translation>OUTPUT：格式 %1 会将波段 %3 的%2由 %4 改为 %5；请选择其他 FORMAT，或启用 ON_REFERENCE_GRID 进行重采样。</translation>
  </message>
  <message>
   <source>%1 has %2 classes, at most %3 fit into a class raster; choose a field of classes, or merge some.</source>
   <translation>%1 有 %2 个类别，而类别栅格最多容纳 %3 个；请选择类别字段，或合并一些类别。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected one of class codes, so extract it first.</source>
   <translation>%1：'%2' 有 %3 个波段；应为单波段类别代码，因此请先提取。</translation>
  </message>
  <message>
   <source>%1 holds %2 beside its classes and does not declare it as no data; it is taken for that; declare it (gdal_edit.py -a_nodata), or give the class a name in the file if it is one.</source>
   <translation>%1 除其类别外还含有 %2，且未声明为无数据；按无数据处理；请声明它（gdal_edit.py -a_nodata），如果它是类别，请在文件中为其命名。</translation>
  </message>
  <message>
   <source>the raster that it belongs to</source>
   <translation>它所属的栅格</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be placed, since %3 is not georeferenced; georeference it.</source>
   <translation>%1：无法确定 '%2' 的位置，因为 %3 没有地理参考；请为其建立地理参考。</translation>
  </message>
  <message>
   <source>The raster</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>%1 has no CRS: it is taken to be in %2.</source>
   <translation>%1 没有 CRS：视为采用 %2。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 x %4 pixels and no georeferencing, the raster that it belongs to has %5 x %6; expected the same, so georeference both.</source>
   <translation>%1：'%2' 有 %3 x %4 像元且没有地理参考，它所属的栅格有 %5 x %6；两者应相同，因此请为两者建立地理参考。</translation>
  </message>
  <message>
   <source>%1: '%2' holds the value %3; expected class codes, which are whole numbers up to %4.</source>
   <translation>%1：'%2' 含有值 %3；应为类别代码，即不超过 %4 的整数。</translation>
  </message>
  <message>
   <source>%1 has the classes %2, none of which is among those of %3 (%4); choose a field or raster with the classes of %5.</source>
   <translation>%1 的类别为 %2，均不在 %3 的类别之中（%4）；请选择具有 %5 的类别的字段或栅格。</translation>
  </message>
  <message>
   <source>%1 and %2 more</source>
   <translation>%1 及另外 %2 个</translation>
  </message>
  <message>
   <source>%1 is '%2' in %3 and '%4' in %5</source>
   <translation>%1 在 %3 中为 '%2'，在 %5 中为 '%4'</translation>
  </message>
  <message>
   <source>%1 has its classes as texts (%2), but %3 names none of its values; choose a field with the numbers of %4, or give that raster category names.</source>
   <translation>%1 的类别为文本（%2），但 %3 的值都没有名称；请选择具有 %4 中数字的字段，或为该栅格指定类别名称。</translation>
  </message>
  <message>
   <source>Classes were matched by number, but their names differ: %1.</source>
   <translation>类别按数字匹配，但其名称不同：%1。</translation>
  </message>
  <message>
   <source>Left out of %1:</source>
   <translation>%1 中未参与的：</translation>
  </message>
  <message>
   <source>without a number</source>
   <translation>没有数值</translation>
  </message>
  <message>
   <source>outside the raster</source>
   <translation>在栅格之外</translation>
  </message>
  <message>
   <source>%1 has no number inside the raster; check its CRS and that it lies in the raster's extent.</source>
   <translation>%1 在栅格内没有数值；请检查其 CRS，以及是否位于栅格范围内。</translation>
  </message>
  <message>
   <source>%1 has no field '%2'; its fields of numbers are: %3.</source>
   <translation>%1 没有字段 '%2'；其数值字段为：%3。</translation>
  </message>
  <message>
   <source>%1: the field '%2' holds no numbers; choose a field of numbers.</source>
   <translation>%1：字段 '%2' 不含数值；请选择数值字段。</translation>
  </message>
  <message>
   <source>%1: feature %2 is a line; expected points or polygons, so buffer lines first (Vector &gt; Geoprocessing Tools &gt; Buffer).</source>
   <translation>%1：要素 %2 是线；应为点或多边形，因此请先对线作缓冲（矢量 &gt; 地理处理工具 &gt; 缓冲区）。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected one of numbers, so extract it first.</source>
   <translation>%1：'%2' 有 %3 个波段；应为一个数值波段，因此请先将其提取。</translation>
  </message>
  <message>
   <source>%1 has the one class '%2'; expected two or more, so add samples of another class.</source>
   <translation>%1 只有一个类别 '%2'；应为两个或更多，因此请添加其他类别的样本。</translation>
  </message>
  <message>
   <source>%1 has too few sample pixels inside the raster of %2; expected %3 or more of every class, so add samples of these or leave them out.</source>
   <translation>%1 在栅格内的样本像元太少，涉及 %2；每个类别应有 %3 个或更多，因此请添加这些类别的样本，或将其去掉。</translation>
  </message>
  <message>
   <source>%1 has no sample inside the raster; check its CRS and that it lies in the raster's extent.</source>
   <translation>%1 在栅格内没有样本；请检查其 CRS，以及它是否位于栅格的范围内。</translation>
  </message>
  <message>
   <source>without a class</source>
   <translation>没有类别</translation>
  </message>
  <message>
   <source>%1: the field '%2' holds neither texts nor numbers; choose a field with the class.</source>
   <translation>%1：字段 '%2' 既不含文本也不含数字；请选择类别字段。</translation>
  </message>
  <message>
   <source>%1: the field '%2' is null in every feature; choose a field with the class.</source>
   <translation>%1：字段 '%2' 在所有要素中均为空；请选择类别字段。</translation>
  </message>
  <message>
   <source>%1 has %2 with a class and none with a geometry; expected points or polygons, so load a table by its columns of coordinates (Layer &gt; Add Layer &gt; Add Delimited Text Layer), or choose another layer.</source>
   <translation>%1 中有类别的共 %2，但都没有几何图形；应为点或多边形，因此请按坐标列加载表格（图层 &gt; 添加图层 &gt; 添加分隔文本图层），或选择其他图层。</translation>
  </message>
  <message>
   <source>the raster</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>%1%2 that features of different classes claim.</source>
   <translation>%1%2 被不同类别的要素同时占用。</translation>
  </message>
  <message>
   <source>%1: the field '%2' holds %3; expected texts or whole numbers, so choose a field with the class.</source>
   <translation>%1：字段 '%2' 含有 %3；应为文本或整数，因此请选择类别字段。</translation>
  </message>
  <message>
   <source>%1 is transformed from %2 to %3 without the datum shift, for which PROJ lacks a grid file: it may lie off by some hundred metres.</source>
   <translation>%1 从 %2 转换到 %3 时未作基准面转换，因为 PROJ 缺少相应的格网文件：其位置可能偏离数百米。</translation>
  </message>
  <message>
   <source>kind of scaling</source>
   <translation>缩放类型</translation>
  </message>
  <message>
   <source>bits of a scaling</source>
   <translation>缩放的位数</translation>
  </message>
  <message>
   <source>offset of a scaling</source>
   <translation>缩放的偏置</translation>
  </message>
  <message>
   <source>A scaling of the kind '%1' has %2 offsets and %3 scales</source>
   <translation>'%1' 类型的缩放有 %2 个偏置和 %3 个缩放系数</translation>
  </message>
  <message>
   <source>the kind 'bands' has one of each for every band of two or more, any other kind has none</source>
   <translation>'bands' 类型应为两个或更多波段各有一个，其他类型应没有</translation>
  </message>
  <message>
   <source>A scaling of the kind '%1' has 'low' or 'high'</source>
   <translation>'%1' 类型的缩放有 'low' 或 'high'</translation>
  </message>
  <message>
   <source>only 'percentiles' and 'decibels' have them</source>
   <translation>只有 'percentiles' 和 'decibels' 有这两项</translation>
  </message>
  <message>
   <source>The scaling '%1' goes from %2 to %3</source>
   <translation>缩放 '%1' 的范围为 %2 至 %3</translation>
  </message>
  <message>
   <source>a range, the lower end first and percentiles from 0 to 100, is expected</source>
   <translation>应为一个范围，下限在前，百分位数为 0 至 100</translation>
  </message>
  <message>
   <source>The scale of a scaling is %1</source>
   <translation>缩放的缩放系数为 %1</translation>
  </message>
  <message>
   <source>a number above zero is expected</source>
   <translation>应为大于零的数</translation>
  </message>
  <message>
   <source>end of a scaling</source>
   <translation>缩放的端点</translation>
  </message>
  <message>
   <source>%1 must be warped onto the other raster's grid, which is rotated or not north-up; warp that one onto a north-up grid first.</source>
   <translation>%1 须经变形校正转到另一栅格的格网上，而该格网有旋转或不是正北向上；请先对该栅格作变形校正，转到正北向上的格网上。</translation>
  </message>
  <message>
   <source>%1 declares %2 as no data and holds %3 as a second fill, while it must be warped; expected one, so replace %4 by %5 first (Raster &gt; Raster Calculator).</source>
   <translation>%1 将 %2 声明为无数据，又含有 %3 作为第二个填充值，而它须作变形校正；应只有一个，因此请先将 %4 替换为 %5（栅格 &gt; 栅格计算器）。</translation>
  </message>
  <message>
   <source>%1: '%2' has no band of data; choose a raster with at least one.</source>
   <translation>%1：'%2' 没有数据波段；请选择至少有一个数据波段的栅格。</translation>
  </message>
  <message>
   <source>%1: '%2' holds no raster band; name one of its subdatasets.</source>
   <translation>%1：'%2' 不含栅格波段；请指定其中一个子数据集。</translation>
  </message>
  <message>
   <source>%1: '%2' has its spectrum where GDAL expects %3; expected a raster with one band for each wavelength, so import the product first, for example with the EnMAP-Box.</source>
   <translation>%1：'%2' 的光谱位于 GDAL 所期望的 %3 之处；应为每个波长一个波段的栅格，因此请先导入该产品，例如用 EnMAP-Box。</translation>
  </message>
  <message>
   <source>%1: '%2' is placed by ground control points only; warp it onto a regular grid first (gdalwarp, or Raster &gt; Projections &gt; Warp).</source>
   <translation>%1：'%2' 仅由地面控制点定位；请先对其作变形校正，转到规则格网上（gdalwarp，或栅格 &gt; 投影 &gt; 变形 (重投影)）。</translation>
  </message>
  <message>
   <source>compute the amplitude or intensity first</source>
   <translation>请先计算振幅或强度</translation>
  </message>
  <message>
   <source>convert it first</source>
   <translation>请先转换</translation>
  </message>
  <message>
   <source>%1: band %2 of '%3' holds %4 values; expected one of %5, so %6.</source>
   <translation>%1：'%3' 的波段 %2 为 %4 值；应为以下之一：%5，因此%6。</translation>
  </message>
  <message>
   <source>%1: band %2 of '%3' holds palette indices; expected measured values, so choose the unclassified image or expand the palette to RGB first.</source>
   <translation>%1：'%3' 的波段 %2 为调色板索引；应为测量值，因此请选择未分类的影像，或先将调色板展开为 RGB。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be warped onto the other raster's grid (%3); reproject it first.</source>
   <translation>%1：无法对 '%2' 作变形校正以转到另一栅格的格网上（%3）；请先将其重投影。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be opened as a raster (%3); choose one that GDAL reads.</source>
   <translation>%1：无法将 '%2' 作为栅格打开（%3）；请选择 GDAL 可读取的栅格。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be read at column %3, row %4 (%5); the file is truncated or damaged, so fetch or export it again.</source>
   <translation>%1：无法读取 '%2' 在第 %3 列、第 %4 行处的数据（%5）；文件被截断或已损坏，因此请重新获取或导出。</translation>
  </message>
  <message>
   <source>The library has %1 classes, at most 254 fit into a class raster; give spectra of one class the same name, or leave some out.</source>
   <translation>光谱库有 %1 个类别，而类别栅格最多容纳 254 个；请为同一类别的光谱指定相同的名称，或去掉一些。</translation>
  </message>
  <message>
   <source>%1 has no wavelengths, and the library has %2 values per spectrum for %3 bands of %4; expected the same number, or wavelengths on both sides, so add them.</source>
   <translation>%1 没有波长，而光谱库每条光谱有 %2 个值，%4 有 %3 个波段；两者数目应相同，或双方都有波长，因此请补充。</translation>
  </message>
  <message>
   <source>%1 '%2' holds wavelengths from %3 to %4 nm, but %5 bands of %6 lie outside (%7 to %8 nm); give a library that covers them, or leave these bands of %9 out.</source>
   <translation>%1 '%2' 的波长范围为 %3 至 %4 nm，但 %6 有 %5 个波段在此之外（%7 至 %8 nm）；请提供覆盖这些波段的光谱库，或去掉 %9 的这些波段。</translation>
  </message>
  <message>
   <source>%1: '%2' %3; expected %4, so correct it or choose another file.</source>
   <translation>%1：'%2' %3；应为%4，因此请改正，或选择其他文件。</translation>
  </message>
  <message>
   <source>wavelength units</source>
   <translation>wavelength units</translation>
  </message>
  <message>
   <source>header offset = 0</source>
   <translation>header offset = 0</translation>
  </message>
  <message>
   <source>file type = ENVI Spectral Library</source>
   <translation>file type = ENVI Spectral Library</translation>
  </message>
  <message>
   <source>data type = 4</source>
   <translation>data type = 4</translation>
  </message>
  <message>
   <source>byte order = 0</source>
   <translation>byte order = 0</translation>
  </message>
  <message>
   <source>spectra names = {%1}</source>
   <translation>spectra names = {%1}</translation>
  </message>
  <message>
   <source>wavelength units = Nanometers</source>
   <translation>wavelength units = Nanometers</translation>
  </message>
  <message>
   <source>%1: '%2' does not exist; name a file of spectra (%3).</source>
   <translation>%1：'%2' 不存在；请指定光谱文件（%3）。</translation>
  </message>
  <message>
   <source>has the ending '%1'</source>
   <translation>的扩展名为 '%1'</translation>
  </message>
  <message>
   <source>one of %1</source>
   <translation>以下之一：%1</translation>
  </message>
  <message>
   <source>is larger than 512 MB</source>
   <translation>大于 512 MB</translation>
  </message>
  <message>
   <source>a library of spectra</source>
   <translation>光谱库</translation>
  </message>
  <message>
   <source>cannot be read (%1: %2)</source>
   <translation>无法读取（%1：%2）</translation>
  </message>
  <message>
   <source>holds no spectrum</source>
   <translation>不含光谱</translation>
  </message>
  <message>
   <source>one or more</source>
   <translation>一条或更多</translation>
  </message>
  <message>
   <source>holds no value in any band that all spectra have</source>
   <translation>在所有光谱共有的波段中都没有值</translation>
  </message>
  <message>
   <source>numbers above zero</source>
   <translation>大于零的数</translation>
  </message>
  <message>
   <source>it needs a line of names and, below, wavelengths with one column per spectrum</source>
   <translation>需要一行名称，其下为波长，每条光谱一列</translation>
  </message>
  <message>
   <source>line %1 has %2 values, the first line has %3</source>
   <translation>第 %1 行有 %2 个值，而首行有 %3 个</translation>
  </message>
  <message>
   <source>it is no ENVI spectral library of real numbers with one band</source>
   <translation>它不是单波段实数的 ENVI 光谱库</translation>
  </message>
  <message>
   <source>it has %1 bytes of values, its header speaks of %2</source>
   <translation>它有 %1 字节的值，而其头文件注明 %2</translation>
  </message>
  <message>
   <source>spectrum %1</source>
   <translation>光谱 %1</translation>
  </message>
  <message>
   <source>its header names %1 spectra of %2</source>
   <translation>其头文件为 %2 条光谱列出了 %1 个名称</translation>
  </message>
  <message>
   <source>its header '%1' is missing</source>
   <translation>缺少其头文件 '%1'</translation>
  </message>
  <message>
   <source>its values '%1' are missing</source>
   <translation>缺少其数值文件 '%1'</translation>
  </message>
  <message>
   <source>its header does not begin with ENVI</source>
   <translation>其头文件不以 ENVI 开头</translation>
  </message>
  <message>
   <source>spectra names</source>
   <translation>spectra names</translation>
  </message>
  <message>
   <source>spectrum %1 has other wavelengths than the first one</source>
   <translation>光谱 %1 的波长与第一条不同</translation>
  </message>
  <message>
   <source>wavelength (nm)</source>
   <translation>波长（nm）</translation>
  </message>
  <message>
   <source>header offset</source>
   <translation>header offset</translation>
  </message>
  <message>
   <source>byte order</source>
   <translation>byte order</translation>
  </message>
  <message>
   <source>choose GTiff, or another format or other creation options without loss, to keep them</source>
   <translation>请选择 GTiff，或其他无损的格式或创建选项，以保持数值不变</translation>
  </message>
  <message>
   <source>%1 is written with loss: the format %2 changes values, in a trial by up to %3</source>
   <translation>%1 以有损方式写出：格式 %2 会改变数值，试写时最大改变 %3</translation>
  </message>
  <message>
   <source>format</source>
   <translation>格式</translation>
  </message>
  <message>
   <source>of %1 bands %2 come back%3</source>
   <translation>%1 个波段中读回 %2 个%3</translation>
  </message>
  <message>
   <source>the nodata value %1 is not kept</source>
   <translation>无数据值 %1 未保留</translation>
  </message>
  <message>
   <source>%1: the format %2 cannot hold %3 band%4 of %5 as they are (%6); choose GTiff (.tif), which can.</source>
   <translation>%1：格式 %2 无法原样容纳 %3 个波段（band%4），类型 %5（%6）；请选择 GTiff（.tif），它可以。</translation>
  </message>
  <message>
   <source>the last one is taken for transparency</source>
   <translation>最后一个波段视为透明度</translation>
  </message>
  <message>
   <source>it cannot say where the raster lies</source>
   <translation>它无法表示栅格的位置</translation>
  </message>
  <message>
   <source>values come back wrong by up to %1</source>
   <translation>读回的值有误，最大相差 %1</translation>
  </message>
  <message>
   <source>values come back changed by up to %1</source>
   <translation>读回的值有改变，最大改变 %1</translation>
  </message>
  <message>
   <source>GDAL says: %1</source>
   <translation>GDAL 提示：%1</translation>
  </message>
  <message>
   <source>cannot be written (</source>
   <translation>cannot be written (</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be turned as measured (%3); correct it with rsfusion:coregister first.</source>
   <translation>%1：无法按测得的值旋转 '%2'（%3）；请先用 rsfusion:coregister 改正。</translation>
  </message>
  <message>
   <source>%1: '%2' ends in '%3'; expected one of %4.</source>
   <translation>%1：'%2' 的扩展名为 '%3'；应为以下之一：%4。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be written (%3); choose another format.</source>
   <translation>%1：无法写入 '%2'（%3）；请选择其他格式。</translation>
  </message>
  <message>
   <source>%1: '%2' holds no vector layer; choose another file.</source>
   <translation>%1：'%2' 不含矢量图层；请选择其他文件。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be opened as a vector layer (%3); choose one that OGR reads.</source>
   <translation>%1：无法将 '%2' 作为矢量图层打开（%3）；请选择 OGR 可读取的图层。</translation>
  </message>
  <message>
   <source>'%1' cannot be placed anew (%2); export it to a GeoTIFF first.</source>
   <translation>无法重新定位 '%1'（%2）；请先将其导出为 GeoTIFF。</translation>
  </message>
  <message>
   <source>(%1 to %2)</source>
   <translation>（%1 至 %2）</translation>
  </message>
  <message>
   <source>a picture is uint8 (rows, cols) or (rows, cols, channels), not %1 %2</source>
   <translation>图片应为 uint8 (rows, cols) 或 (rows, cols, channels)，而不是 %1 %2</translation>
  </message>
  <message>
   <source>ESA, Sentinel-2 data quality report</source>
   <translation>ESA，Sentinel-2 数据质量报告</translation>
  </message>
  <message>
   <source>SENSOR: found '%1', expected one of %2.</source>
   <translation>SENSOR：得到 '%1'，应为以下之一：%2。</translation>
  </message>
  <message>
   <source>GAINS: found %1 numbers, expected one, or one for each of the %2 bands of MS.</source>
   <translation>GAINS：得到 %1 个数值，应为一个，或为 MS 的 %2 个波段各给一个。</translation>
  </message>
  <message>
   <source>PAN_GAIN is %1; expected a number between 0 and 1, or none for the sensor's.</source>
   <translation>PAN_GAIN 为 %1；应为 0 和 1 之间的数，或留空以采用传感器的值。</translation>
  </message>
  <message>
   <source>GAINS: found '%1', expected numbers between 0 and 1 (MTF gains at Nyquist), one or one per band of MS, separated by commas.</source>
   <translation>GAINS：得到 '%1'，应为 0 和 1 之间的数（奈奎斯特频率处的 MTF 增益），一个，或 MS 每个波段一个，以逗号分隔。</translation>
  </message>
  <message>
   <source>bright soil and roofs may pass for clouds</source>
   <translation>明亮的土壤和屋顶可能被误认为云</translation>
  </message>
  <message>
   <source>snow may pass for clouds</source>
   <translation>雪可能被误认为云</translation>
  </message>
  <message>
   <source>foam and shoals may pass for clouds</source>
   <translation>浪花和浅滩可能被误认为云</translation>
  </message>
  <message>
   <source>thin high clouds may be missed</source>
   <translation>可能遗漏薄的高云</translation>
  </message>
  <message>
   <source>%1 lacks %2: %3</source>
   <translation>%1 缺少 %2：%3</translation>
  </message>
  <message>
   <source>%1 lacks %2; clouds are told by B2, B3 and B4 at least, so add them, or give CLOUDMASK.</source>
   <translation>%1 缺少 %2；识别云至少需要 B2、B3 和 B4，因此请补充，或给出 CLOUDMASK。</translation>
  </message>
  <message>
   <source>%1 lacks B8 and B8A: cloud shadows are not found</source>
   <translation>%1 缺少 B8 和 B8A：不检测云阴影</translation>
  </message>
  <message>
   <source>%1 is taken for %2: its darkest pixels have a reflectance of %3 in blue</source>
   <translation>%1 视为 %2：其最暗像元在蓝波段的反射率为 %3</translation>
  </message>
  <message>
   <source>%1 is %2, as was told</source>
   <translation>%1 为 %2，按指定</translation>
  </message>
  <message>
   <source>%1 is %2, as its metadata say</source>
   <translation>%1 为 %2，按其元数据</translation>
  </message>
  <message>
   <source>%1 is %2, since it has a cirrus band (B10)</source>
   <translation>%1 为 %2，因为它有卷云波段（B10）</translation>
  </message>
  <message>
   <source>%1 is taken for %2</source>
   <translation>%1 视为 %2</translation>
  </message>
  <message>
   <source>LEVEL is '%1'; expected %2 or %3, or none to have it found.</source>
   <translation>LEVEL 为 '%1'；应为 %2 或 %3，或留空以自动判断。</translation>
  </message>
  <message>
   <source>surface height</source>
   <translation>表面高度</translation>
  </message>
  <message>
   <source>height above estimated ground</source>
   <translation>估计地面以上的高度</translation>
  </message>
  <message>
   <source>height above ground</source>
   <translation>离地高度</translation>
  </message>
  <message>
   <source>%1 range</source>
   <translation>%1 极差</translation>
  </message>
  <message>
   <source>intensity mean</source>
   <translation>强度均值</translation>
  </message>
  <message>
   <source>PERCENTILES %1; expected up to %2 different numbers from 0 to 100 separated by commas, for example 10,50,90.</source>
   <translation>PERCENTILES %1；应为最多 %2 个互不相同的 0 至 100 的数，以逗号分隔，例如 10,50,90。</translation>
  </message>
  <message>
   <source>'%1' name one twice</source>
   <translation>'%1' 中有重复</translation>
  </message>
  <message>
   <source>are %1 numbers</source>
   <translation>有 %1 个数</translation>
  </message>
  <message>
   <source>%1 percentile %2</source>
   <translation>%1 百分位数 %2</translation>
  </message>
  <message>
   <source>international foot</source>
   <translation>international foot</translation>
  </message>
  <message>
   <source>international feet</source>
   <translation>international feet</translation>
  </message>
  <message>
   <source>us survey foot</source>
   <translation>us survey foot</translation>
  </message>
  <message>
   <source>us survey feet</source>
   <translation>us survey feet</translation>
  </message>
  <message>
   <source>%1 reaches from %2 to %3 degrees of latitude, where degrees cannot be turned into metres; expected at most %4, so reproject %5 into a projected CRS.</source>
   <translation>%1 的纬度范围为 %2 至 %3 度，此处度无法换算为米；最大应为 %4，因此请将 %5 重投影到投影 CRS。</translation>
  </message>
  <message>
   <source>The table of sensors '%1' has %2 bytes; expected at most %3.</source>
   <translation>传感器表 '%1' 有 %2 字节；最多应为 %3。</translation>
  </message>
  <message>
   <source>The table of sensors '%1' has the titles '%2'; expected %3, of which %4 may be missing.</source>
   <translation>传感器表 '%1' 的列标题为 '%2'；应为 %3，其中 %4 可以没有。</translation>
  </message>
  <message>
   <source>line %1 of '%2'</source>
   <translation>'%2' 的第 %1 行</translation>
  </message>
  <message>
   <source>SENSOR: %1 has the name '%2'; expected one with Latin letters or digits.</source>
   <translation>SENSOR：%1 的名称为 '%2'；应为含拉丁字母或数字的名称。</translation>
  </message>
  <message>
   <source>SENSOR: %1 has '%2' as ms_gains; expected numbers between 0 and 1 with blanks between them, one for all bands or one for each.</source>
   <translation>SENSOR：%1 的 ms_gains 为 '%2'；应为 0 和 1 之间的数，以空格分隔，所有波段一个，或每个波段一个。</translation>
  </message>
  <message>
   <source>SENSOR: %1 has '%2' as pan_gain; expected one number between 0 and 1.</source>
   <translation>SENSOR：%1 的 pan_gain 为 '%2'；应为一个 0 和 1 之间的数。</translation>
  </message>
  <message>
   <source>The table of sensors '%1' cannot be read (%2); write it as CSV in UTF-8.</source>
   <translation>无法读取传感器表 '%1'（%2）；请将其写成 UTF-8 编码的 CSV。</translation>
  </message>
  <message>
   <source>SENSOR: %1 in line %2 of '%3' is known already; give another name.</source>
   <translation>SENSOR：'%3' 第 %2 行的 %1 已经存在；请给出其他名称。</translation>
  </message>
  <message>
   <source>its bands state scale %1 and offset %2</source>
   <translation>其波段声明的缩放系数为 %1，偏置为 %2</translation>
  </message>
  <message>
   <source>%1: scale %2 and offset %3 were told</source>
   <translation>%1：指定的缩放系数为 %2，偏置为 %3</translation>
  </message>
  <message>
   <source>%1: scale %2 and offset %3 are those that its bands state</source>
   <translation>%1：缩放系数 %2 和偏置 %3 为其波段所声明</translation>
  </message>
  <message>
   <source>the values are reflectance already</source>
   <translation>数值已是反射率</translation>
  </message>
  <message>
   <source>scale %1</source>
   <translation>缩放系数为 %1</translation>
  </message>
  <message>
   <source>the darkest values are %1</source>
   <translation>最暗的值为 %1</translation>
  </message>
  <message>
   <source>%1: %2 and offset 0, though %3 and no dark pixel tells whether %4 belongs to them; give OFFSET if that is wrong</source>
   <translation>%1：%2，偏置为 0，尽管%3，且没有暗像元可判断是否应有偏置 %4；如果不对，请给出 OFFSET</translation>
  </message>
  <message>
   <source>processing baseline %1</source>
   <translation>处理基线 %1</translation>
  </message>
  <message>
   <source>%1: scale %2 was found and the offset %3 was told</source>
   <translation>%1：缩放系数 %2 由检测得出，偏置 %3 为指定值</translation>
  </message>
  <message>
   <source>SCALE is %1; expected the stored value of reflectance 1, such as 10000.</source>
   <translation>SCALE 为 %1；应为反射率 1 的存储值，例如 10000。</translation>
  </message>
  <message>
   <source>SCALE is %1, with which %2 reaches a reflectance of %3; expected about 1, so correct it, or leave it out to have it found.</source>
   <translation>SCALE 为 %1，据此 %2 的反射率达到 %3；应约为 1，因此请改正，或留空以自动确定。</translation>
  </message>
  <message>
   <source>%1: its bands state %2 different scales and offsets; expected one for all, so set them alike, or give SCALE and OFFSET.</source>
   <translation>%1：其波段声明了 %2 组不同的缩放系数和偏置；全部波段应为同一组，因此请统一，或给出 SCALE 和 OFFSET。</translation>
  </message>
  <message>
   <source>%1: its bands state a scale of %2; expected one above 0, so give SCALE.</source>
   <translation>%1：其波段声明的缩放系数为 %2；应大于 0，因此请给出 SCALE。</translation>
  </message>
  <message>
   <source>%1: the values are reflectance already; %2, but the brightest values are %3, so they were applied before and none is used</source>
   <translation>%1：数值已是反射率；%2，但最亮的值为 %3，说明此前已应用过，因此不再采用</translation>
  </message>
  <message>
   <source>%1: %2, with which its values of up to %3 would be a reflectance of %4; expected about 1, so correct them, or give SCALE and OFFSET.</source>
   <translation>%1：%2，据此其高达 %3 的值对应的反射率为 %4；应约为 1，因此请改正，或给出 SCALE 和 OFFSET。</translation>
  </message>
  <message>
   <source>%1: scale %2; its bands state an offset of %3, but the darkest values are %4, so it was undone before and none is used</source>
   <translation>%1：缩放系数 %2；其波段声明的偏置为 %3，但最暗的值为 %4，说明此前已去除，因此不再采用</translation>
  </message>
  <message>
   <source>%1 holds values up to about %2 (%3); expected reflectance x 10000 or reflectance 0..1, so give SCALE and OFFSET, or choose the product itself and no picture made of it.</source>
   <translation>%1 含有高达约 %2 的值（%3）；应为反射率 x 10000 或反射率 0..1，因此请给出 SCALE 和 OFFSET，或选择产品本身而不是由其制成的图片。</translation>
  </message>
  <message>
   <source>%1 holds no valid pixel; choose a raster with data.</source>
   <translation>%1 没有有效像元；请选择有数据的栅格。</translation>
  </message>
  <message>
   <source>%1: %2; %3 speaks of an offset of %4, but the darkest values are %5, so it was undone before and none is used</source>
   <translation>%1：%2；%3 注明偏置为 %4，但最暗的值为 %5，说明此前已去除，因此不再采用</translation>
  </message>
  <message>
   <source>%1: %2 and offset %3, from %4</source>
   <translation>%1：%2，偏置为 %3，取自%4</translation>
  </message>
  <message>
   <source>%1: %2 and offset 0, since %3</source>
   <translation>%1：%2，偏置为 0，因为%3</translation>
  </message>
  <message>
   <source>%1: %2 and offset %3, since %4, as since processing baseline 04.00; give OFFSET if that is wrong</source>
   <translation>%1：%2，偏置为 %3，因为%4，与处理基线 04.00 以来的产品相同；如果不对，请给出 OFFSET</translation>
  </message>
  <message>
   <source>the entry boa_offset_applied</source>
   <translation>条目 boa_offset_applied</translation>
  </message>
  <message>
   <source>the product's metadata (ADD_OFFSET)</source>
   <translation>产品元数据（ADD_OFFSET）</translation>
  </message>
  <message>
   <source>collected in doi:10.1109/MGRS.2020.3019315</source>
   <translation>汇集于 doi:10.1109/MGRS.2020.3019315</translation>
  </message>
  <message>
   <source>that gives %1; expected medians of %2 to %3 dB, so calibrate the product to sigma or gamma nought first, or set SAR_UNIT to what the values are</source>
   <translation>这样得到 %1；中值应为 %2 至 %3 dB，因此请先将产品定标为 sigma nought 或 gamma nought，或按数值的实际单位设置 SAR_UNIT</translation>
  </message>
  <message>
   <source>%1: VV and VH are told apart by description</source>
   <translation>%1：VV 和 VH 按描述区分</translation>
  </message>
  <message>
   <source>%1: the file names no polarisation, so the first band is taken for VV and the second for VH</source>
   <translation>%1：文件未注明极化方式，因此将第一个波段视为 VV，第二个视为 VH</translation>
  </message>
  <message>
   <source>as was told</source>
   <translation>按指定</translation>
  </message>
  <message>
   <source>give SAR_UNIT if that is wrong</source>
   <translation>如果不对，请给出 SAR_UNIT</translation>
  </message>
  <message>
   <source>%1: the values are %2, %3%4</source>
   <translation>%1：数值为 %2，%3%4</translation>
  </message>
  <message>
   <source>its values reach from %1 to %2 with a median of %3; expected about %4 to %5 dB and mostly negative ones, so set SAR_UNIT to what they are, or calibrate or rescale the product to sigma nought first</source>
   <translation>其值范围为 %1 至 %2，中值为 %3；应约为 %4 至 %5 dB 且多为负值，因此请按数值的实际单位设置 SAR_UNIT，或先将产品定标或重新缩放为 sigma nought</translation>
  </message>
  <message>
   <source>its values go down to %1; expected positive ones, so set SAR_UNIT to %2 if they are decibels, or leave it out</source>
   <translation>其值低至 %1；应为正值，因此若为分贝，请将 SAR_UNIT 设为 %2，或不设置</translation>
  </message>
  <message>
   <source>%1 has one band; expected two, VV and VH, so add the missing one.</source>
   <translation>%1 只有一个波段；应有两个，即 VV 和 VH，因此请补充缺少的波段。</translation>
  </message>
  <message>
   <source>%1 has %2 bands that name no polarisation; expected VV and VH, so write those into the band descriptions.</source>
   <translation>%1 有 %2 个未注明极化方式的波段；应为 VV 和 VH，因此请将其写入波段描述。</translation>
  </message>
  <message>
   <source>SAR_UNIT is '%1'; expected one of %2, or none to have it found.</source>
   <translation>SAR_UNIT 为 '%1'；应为以下之一：%2，或留空以自动判断。</translation>
  </message>
  <message>
   <source>told to hold</source>
   <translation>被指定为</translation>
  </message>
  <message>
   <source>%1 is %2 %3, but %4.</source>
   <translation>%1 %2 %3，但%4。</translation>
  </message>
  <message>
   <source>as its bands say</source>
   <translation>按其波段的说明</translation>
  </message>
  <message>
   <source>judged by the values (%1)</source>
   <translation>由数值判断（%1）</translation>
  </message>
  <message>
   <source>linear power</source>
   <translation>线性功率</translation>
  </message>
  <message>
   <source>median %1 %2 dB</source>
   <translation>%1 的中值为 %2 dB</translation>
  </message>
  <message>
   <source>%1: %2 bands claim to be %3; expected one, so choose a raster of one date.</source>
   <translation>%1：有 %2 个波段自称 %3；应为一个，因此请选择单一日期的栅格。</translation>
  </message>
  <message>
   <source>%1 holds %2 but no %3; expected VV and VH, so add the missing band or choose a dual-polarised (VV+VH) product.</source>
   <translation>%1 有 %2 而没有 %3；应为 VV 和 VH，因此请补充缺少的波段，或选择双极化（VV+VH）产品。</translation>
  </message>
  <message>
   <source>said by its bands to hold</source>
   <translation>按其波段说明为</translation>
  </message>
  <message>
   <source>taken to hold</source>
   <translation>视为</translation>
  </message>
  <message>
   <source>coastal aerosol</source>
   <translation>coastal aerosol</translation>
  </message>
  <message>
   <source>red edge 1</source>
   <translation>red edge 1</translation>
  </message>
  <message>
   <source>red edge 2</source>
   <translation>red edge 2</translation>
  </message>
  <message>
   <source>red edge 3</source>
   <translation>red edge 3</translation>
  </message>
  <message>
   <source>narrow nir</source>
   <translation>narrow nir</translation>
  </message>
  <message>
   <source>nir narrow</source>
   <translation>nir narrow</translation>
  </message>
  <message>
   <source>water vapour</source>
   <translation>water vapour</translation>
  </message>
  <message>
   <source>water vapor</source>
   <translation>water vapor</translation>
  </message>
  <message>
   <source>%1: the file does not say which band is which, so its %2 bands are taken for B1 to B12 with B8A%3 in the order of %4</source>
   <translation>%1：文件未说明各波段是什么，因此将其 %2 个波段按 %4 的顺序视为 B1 至 B12 及 B8A%3</translation>
  </message>
  <message>
   <source>%1 other bands are passed over</source>
   <translation>忽略其他 %1 个波段</translation>
  </message>
  <message>
   <source>%1: bands %2 are told apart by %3%4</source>
   <translation>%1：波段 %2 的区分依据：%3%4</translation>
  </message>
  <message>
   <source>%1 has %2 bands without known names or wavelengths; expected the 13 of Level-1C or the 12 of Level-2A, so write B1 to B12 and B8A into the band descriptions.</source>
   <translation>%1 有 %2 个名称和波长均未知的波段；应为 Level-1C 的 13 个或 Level-2A 的 12 个，因此请将 B1 至 B12 和 B8A 写入波段描述。</translation>
  </message>
  <message>
   <source>without B10</source>
   <translation>（不含 B10）</translation>
  </message>
  <message>
   <source>one other band is passed over</source>
   <translation>忽略其他一个波段</translation>
  </message>
  <message>
   <source>choose a Level-1C product, or a MODEL made for Level-2A</source>
   <translation>请选择 Level-1C 产品，或针对 Level-2A 的 MODEL</translation>
  </message>
  <message>
   <source>add them to the raster, or choose a MODEL that does without them</source>
   <translation>请将其添加到栅格，或选择不需要它们的 MODEL</translation>
  </message>
  <message>
   <source>%1 has the %2 bands %3; %4 needs %5, too: %6.</source>
   <translation>%1 有 %2 个波段 %3；%4 还需要 %5：%6。</translation>
  </message>
  <message>
   <source>%1: bands %2 ('%3') and %4 ('%5') both claim to be %6; correct the band descriptions.</source>
   <translation>%1：波段 %2（'%3'）和 %4（'%5'）均自称 %6；请改正波段描述。</translation>
  </message>
  <message>
   <source>%1 with %2 bands, whose stored values contain the radiometric offset %3; they keep it, and the result's bands state it</source>
   <translation>%1，有 %2 个波段，其存储值含有辐射偏置 %3；存储值予以保留，并由结果的波段注明</translation>
  </message>
  <message>
   <source>'%1' is a Sentinel-2 product</source>
   <translation>'%1' 为 Sentinel-2 产品</translation>
  </message>
  <message>
   <source>%1 with %2 bands</source>
   <translation>%1，有 %2 个波段</translation>
  </message>
  <message>
   <source>%1: '%2' holds no image of a Sentinel-2 band (such as ..._B02_10m.jp2 or ..._B02.jp2); name the SAFE folder of a Level-1C or Level-2A product, its ZIP, or its files.</source>
   <translation>%1：'%2' 中没有 Sentinel-2 波段的影像（例如 ..._B02_10m.jp2 或 ..._B02.jp2）；请指定 Level-1C 或 Level-2A 产品的 SAFE 文件夹、其 ZIP 或其文件。</translation>
  </message>
  <message>
   <source>%1: '%2' holds %3 tiles (%4%5); expected one, so name the folder of one of them below GRANULE.</source>
   <translation>%1：'%2' 含有 %3 个图幅（%4%5）；应为一个，因此请指定 GRANULE 下其中一个的文件夹。</translation>
  </message>
  <message>
   <source>%1: '%2' holds too many files for one product; name its SAFE folder.</source>
   <translation>%1：'%2' 中的文件对单个产品来说太多；请指定其 SAFE 文件夹。</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be read as a ZIP (%3); fetch it again, or unpack it and name the folder.</source>
   <translation>%1：无法将 '%2' 作为 ZIP 读取（%3）；请重新获取，或解压后指定文件夹。</translation>
  </message>
  <message>
   <source>baseline %1</source>
   <translation>基线 %1</translation>
  </message>
  <message>
   <source>reference: FUSED and REFERENCE. full_resolution: FUSED, %1 and %2. wald: %3, %4 and a network. %5: FUSED and REFERENCE, rasters of shares with one band per class.%6</source>
   <translation>reference：FUSED 和 REFERENCE。full_resolution：FUSED、%1 和 %2。wald：%3、%4 和一个网络。%5：FUSED 和 REFERENCE，均为每类一个波段的丰度栅格。%6</translation>
  </message>
  <message>
   <source>CSV files (*.csv)</source>
   <translation>CSV 文件 (*.csv)</translation>
  </message>
  <message>
   <source>Where the fused raster is better than interpolation</source>
   <translation>融合栅格在哪些方面优于插值</translation>
  </message>
  <message>
   <source>What is to be assessed (reference, full_resolution).</source>
   <translation>待评价的栅格（reference、full_resolution）。</translation>
  </message>
  <message>
   <source>Reference raster</source>
   <translation>参考栅格</translation>
  </message>
  <message>
   <source>The true image, on the pixels of FUSED (reference).</source>
   <translation>真值影像，与 FUSED 像元一致（reference）。</translation>
  </message>
  <message>
   <source>The finer pixels (full_resolution, wald).</source>
   <translation>像元较细（full_resolution、wald）。</translation>
  </message>
  <message>
   <source>The coarser pixels (full_resolution, wald; with a reference: for the comparison with interpolation).</source>
   <translation>像元较粗（full_resolution、wald；有参考时：用于与插值比较）。</translation>
  </message>
  <message>
   <source>Methods to compare (wald)</source>
   <translation>要比较的方法（wald）</translation>
  </message>
  <message>
   <source>%1: by the numbers of bands. %2: a network and the classical methods, for %3 of one band. %4</source>
   <translation>%1：按波段数决定。%2：一个网络和经典方法，用于单波段 %3。%4</translation>
  </message>
  <message>
   <source>Ratio of the pixel sizes (0 = from %1)</source>
   <translation>像元大小比（0 = 由 %1 得出）</translation>
  </message>
  <message>
   <source>%1 pixel over FUSED pixel, for ERGAS with a reference and without %2.</source>
   <translation>%1 像元与 FUSED 像元之比，用于有参考而无 %2 时计算 ERGAS。</translation>
  </message>
  <message>
   <source>Largest value for PSNR and SSIM (0 = from the reference)</source>
   <translation>PSNR 和 SSIM 的最大值（0 = 由参考得出）</translation>
  </message>
  <message>
   <source>For example 2047 for 11 bits, 10000 for reflectance.</source>
   <translation>例如 11 位为 2047，反射率为 10000。</translation>
  </message>
  <message>
   <source>Tables, errors band by band, a map of spectral angles and close-ups as a page for the browser.</source>
   <translation>各种表格、逐波段误差、光谱角图和局部放大图，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Every number as a line: method, measure, band, value, unit.</source>
   <translation>每个数值一行：方法、指标、波段、值、单位。</translation>
  </message>
  <message>
   <source>%1%2 of the fused raster</source>
   <translation>融合栅格的 %1%2</translation>
  </message>
  <message>
   <source>Reduction averages noise away, and hides what a method makes of it. The noise of each band is measured on flat areas, and what is missing is added to the reduced rasters, always the same (wald).</source>
   <translation>降低分辨率会将噪声平均掉，从而掩盖方法对噪声的影响。在平坦区域测量各波段的噪声，并将缺少的部分加到降分辨率栅格上，每次都相同（wald）。</translation>
  </message>
  <message>
   <source>PROTOCOL %1: %2</source>
   <translation>PROTOCOL 为 %1 时：%2</translation>
  </message>
  <message>
   <source>Quality of the fusion</source>
   <translation>融合质量</translation>
  </message>
  <message>
   <source>Put the sensor's noise back onto the reduced pair</source>
   <translation>将传感器噪声加回降分辨率影像对</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be written (%3); free some space or choose another folder.</source>
   <translation>%1：无法写入 '%2'（%3）；请腾出空间，或选择其他文件夹。</translation>
  </message>
  <message>
   <source>Compares a class raster with reference polygons or points, or with a reference raster.</source>
   <translation>将类别栅格与参考多边形或参考点，或与参考栅格进行比较。</translation>
  </message>
  <message>
   <source>Classes that are texts are matched with the names that MAP gives its values (category names or raster attribute table), numbers with the values themselves. The reference may lie in another CRS and on another grid. Pixels where MAP has nodata are counted apart.</source>
   <translation>文本形式的类别与 MAP 为其值给出的名称（类别名称或栅格属性表）匹配，数字则与值本身匹配。参考数据可以采用其他 CRS 和其他格网。MAP 无数据处的像元单独计数。</translation>
  </message>
  <message>
   <source>Gives the confusion matrix (rows: reference, columns: map), overall and average accuracy, kappa, user's and producer's accuracy, F1 and IoU, and how much area each class really has. Against a reference raster it also tells how well the outlines are met (boundary F1, within two pixels). Intervals are 95 %, from draws of whole polygons, since neighbouring pixels are not independent. Use samples that the classifier was not trained on.</source>
   <translation>给出混淆矩阵（行：参考，列：分类图）、总体精度和平均精度、Kappa 系数、用户精度和生产者精度、F1 和 IoU，以及各类别的实际面积。以栅格为参考时，还给出轮廓的吻合程度（边界 F1，两个像元以内）。区间为 95% 置信区间，由对整个多边形的重抽样得到，因为相邻像元并不独立。请使用未参与分类器训练的样本。</translation>
  </message>
  <message>
   <source>Numbers that the samples do not tell are -1.</source>
   <translation>样本无法给出的数值为 -1。</translation>
  </message>
  <message>
   <source>Assess a classification</source>
   <translation>评价分类结果</translation>
  </message>
  <message>
   <source>confusion matrix</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>error matrix</source>
   <translation>误差矩阵</translation>
  </message>
  <message>
   <source>overall accuracy</source>
   <translation>总体精度</translation>
  </message>
  <message>
   <source>user's accuracy</source>
   <translation>用户精度</translation>
  </message>
  <message>
   <source>producer's accuracy</source>
   <translation>生产者精度</translation>
  </message>
  <message>
   <source>area estimation</source>
   <translation>面积估计</translation>
  </message>
  <message>
   <source>land cover</source>
   <translation>土地覆盖</translation>
  </message>
  <message>
   <source>Class raster</source>
   <translation>类别栅格</translation>
  </message>
  <message>
   <source>One band of class codes, such as rsfusion:classify writes. It is never resampled.</source>
   <translation>单波段类别代码，例如 rsfusion:classify 的输出。从不重采样。</translation>
  </message>
  <message>
   <source>Confusion matrix, accuracies class by class with their intervals, and areas as a page for the browser.</source>
   <translation>混淆矩阵、各类别精度及其区间和面积，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>The confusion matrix, every measure with its interval, and the areas: three tables separated by an empty line.</source>
   <translation>混淆矩阵、各项指标及其区间和面积：三个表格，以空行分隔。</translation>
  </message>
  <message>
   <source>%1 (-1: the reference is no raster)</source>
   <translation>%1（-1：参考不是栅格）</translation>
  </message>
  <message>
   <source>Reference pixels that took part</source>
   <translation>参与评价的参考像元数</translation>
  </message>
  <message>
   <source>Polygons, points or patches that took part</source>
   <translation>参与评价的多边形、点或斑块数</translation>
  </message>
  <message>
   <source>The accuracy in words</source>
   <translation>精度的文字说明</translation>
  </message>
  <message>
   <source>What was left out or limits the numbers, a line each</source>
   <translation>未参与的数据和数值的局限，每行一条</translation>
  </message>
  <message>
   <source>%1, %2 end of 95 %</source>
   <translation>%1，95% 置信区间的 %2 端</translation>
  </message>
  <message>
   <source>Accuracy of the classification</source>
   <translation>分类精度</translation>
  </message>
  <message>
   <source>Shares of classes: needs the fused raster and the reference</source>
   <translation>类别丰度：需要融合栅格和参考栅格</translation>
  </message>
  <message>
   <source>Endmembers of the fused raster</source>
   <translation>融合栅格的端元</translation>
  </message>
  <message>
   <source>CSV or ENVI .sli, as rsfusion:extractendmembers writes it.</source>
   <translation>CSV 或 ENVI .sli，即 rsfusion:extractendmembers 的输出。</translation>
  </message>
  <message>
   <source>True endmembers</source>
   <translation>真实端元</translation>
  </message>
  <message>
   <source>Spectra are compared by the names of their classes.</source>
   <translation>按类别名称比较光谱。</translation>
  </message>
  <message>
   <source>Mean spectral angle of the endmembers, degrees</source>
   <translation>端元的平均光谱角（度）</translation>
  </message>
  <message>
   <source>%1 is missing; PROTOCOL %2 needs %3 and %4, rasters with one band per class, so name a raster or choose another PROTOCOL.</source>
   <translation>缺少 %1；PROTOCOL %2 需要 %3 和 %4，即每类一个波段的栅格，因此请指定栅格，或选择其他 PROTOCOL。</translation>
  </message>
  <message>
   <source>%1 is missing; endmembers are compared with true ones, so name both files or none.</source>
   <translation>缺少 %1；端元要与真实端元比较，因此请同时给出两个文件，或都不给出。</translation>
  </message>
  <message>
   <source>These classes are in one raster only and left out: %1.</source>
   <translation>以下类别只在一个栅格中存在，未参与：%1。</translation>
  </message>
  <message>
   <source>%1: RMSE %2, bias %3</source>
   <translation>%1：RMSE %2，偏差 %3</translation>
  </message>
  <message>
   <source>%1 (abundances)</source>
   <translation>%1（abundances）</translation>
  </message>
  <message>
   <source>The memory of this computer does not suffice for the run; choose a smaller TILE_SIZE, or a smaller MEMORY where TILE_SIZE is 0, and close other programs. Where neither is a parameter, give smaller rasters.</source>
   <translation>本机内存不足以完成运行；请选择较小的 TILE_SIZE，或在 TILE_SIZE 为 0 时选择较小的 MEMORY，并关闭其他程序。若两者都不是参数，请提供较小的栅格。</translation>
  </message>
  <message>
   <source>A file or folder cannot be read or written (%1); check that it is still there, that it may be written, and that the disk is not full.</source>
   <translation>无法读取或写入文件或文件夹（%1）；请检查它是否仍然存在、是否可写，以及磁盘是否已满。</translation>
  </message>
  <message>
   <source>The engine stopped on an unexpected %1 (%2); please report it with the log.</source>
   <translation>引擎因意外的 %1 停止（%2）；请连同日志一并报告。</translation>
  </message>
  <message>
   <source>start new thread</source>
   <translation>start new thread</translation>
  </message>
  <message>
   <source>The run was not prepared.</source>
   <translation>运行未经准备。</translation>
  </message>
  <message>
   <source>not run</source>
   <translation>未运行</translation>
  </message>
  <message>
   <source>Does many runs, one after the other, in one QGIS. JOBS is a table in CSV: one run in each line, and in the first line the names of the parameters, as rsfusion:pansharpen and others call them. The column ALGORITHM says which algorithm runs. An empty cell leaves the default.</source>
   <translation>在一个 QGIS 中依次完成多次运行。JOBS 为 CSV 表格：每行一次运行，首行为参数名称，与 rsfusion:pansharpen 等算法中的名称相同。ALGORITHM 列指定运行哪个算法。空单元格保留默认值。</translation>
  </message>
  <message>
   <source>Names of algorithms, parameters and results are checked before the first run. A run that fails does not stop the others. TABLE says of each run whether it was done, how long it took, and if it failed, why. If a run has failed, the batch as a whole fails at the end, so that a script is told; the results of the other runs stay.</source>
   <translation>首次运行前会检查算法、参数和结果的名称。某次运行失败不会中止其他运行。TABLE 列出每次运行是否完成、耗时多少，以及失败的原因。若有运行失败，整个批处理在结束时报告失败，以便脚本得知；其他运行的结果予以保留。</translation>
  </message>
  <message>
   <source>Run a table of jobs</source>
   <translation>运行作业表</translation>
  </message>
  <message>
   <source>Table of jobs</source>
   <translation>作业表</translation>
  </message>
  <message>
   <source>What came of the jobs</source>
   <translation>作业执行结果</translation>
  </message>
  <message>
   <source>JOBS: the first line of '%1' has the columns %2; expected %3 among them.</source>
   <translation>JOBS：'%1' 首行的列为 %2；其中应有 %3。</translation>
  </message>
  <message>
   <source>JOBS: ALGORITHM of row %1 is '%2'; expected one of %3.</source>
   <translation>JOBS：第 %1 行的 ALGORITHM 为 '%2'；应为以下之一：%3。</translation>
  </message>
  <message>
   <source>A CSV file in UTF-8, separated by commas or semicolons. Relative names of files count from the folder in which QGIS was started.</source>
   <translation>UTF-8 编码的 CSV 文件，以逗号或分号分隔。相对文件名以启动 QGIS 时所在的文件夹为准。</translation>
  </message>
  <message>
   <source>One line for each run: %1.</source>
   <translation>每次运行一行：%1。</translation>
  </message>
  <message>
   <source>Number of runs that were done</source>
   <translation>完成的运行次数</translation>
  </message>
  <message>
   <source>%1 of %2 runs failed and the others are done; TABLE '%3' says why, so correct those rows and run them again.</source>
   <translation>%2 次运行中有 %1 次失败，其余已完成；TABLE '%3' 列出了原因，因此请改正这些行并重新运行。</translation>
  </message>
  <message>
   <source>JOBS: '%1' has no line below the first one; write one run in each line.</source>
   <translation>JOBS：'%1' 在首行之下没有其他行；请每行写一次运行。</translation>
  </message>
  <message>
   <source>%1 of row %2</source>
   <translation>第 %2 行的 %1</translation>
  </message>
  <message>
   <source>JOBS: '%1' cannot be read (%2); give a CSV file in UTF-8.</source>
   <translation>JOBS：无法读取 '%1'（%2）；请提供 UTF-8 编码的 CSV 文件。</translation>
  </message>
  <message>
   <source>JOBS: row %1 of '%2' has more cells than the first line; put a value that holds the separator into double quotes.</source>
   <translation>JOBS：'%2' 第 %1 行的单元格多于首行；请将含有分隔符的值放在双引号内。</translation>
  </message>
  <message>
   <source>JOBS: row %1 has a value for '%2', which %3 does not have; its parameters are %4.</source>
   <translation>JOBS：第 %1 行有 '%2' 的值，而 %3 没有该参数；其参数为 %4。</translation>
  </message>
  <message>
   <source>The run ended without a sentence; see the log.</source>
   <translation>运行结束时没有给出说明；请查看日志。</translation>
  </message>
  <message>
   <source>The batch was cancelled; the results of the runs before stay.</source>
   <translation>批处理已取消；此前各次运行的结果予以保留。</translation>
  </message>
  <message>
   <source>JOBS: %1 is the same file as %2 ('%3'); give each its own name.</source>
   <translation>JOBS：%1 与 %2 是同一个文件（'%3'）；请为两者指定不同的名称。</translation>
  </message>
  <message>
   <source>Row %1 failed: %2</source>
   <translation>第 %1 行失败：%2</translation>
  </message>
  <message>
   <source>Measures how far the content of a raster lies off that of another one, to fractions of a pixel, also across sensors: pan and multispectral, optical and radar, optical and LiDAR. Chips spread over the common area are compared; nodata, water and other places without structure are left out. Neither raster is changed.</source>
   <translation>测量一个栅格的内容相对于另一个栅格偏离多少，精确到像元的几分之一，也可跨传感器：全色与多光谱、光学与雷达、光学与 LiDAR。比较分布在公共区域内的匹配窗口；无数据、水体及其他缺乏结构的位置不参与。两个栅格都不改动。</translation>
  </message>
  <message>
   <source>SHIFT_X and SHIFT_Y must be added to the secondary's map coordinates (x to the east, y to the north) so that it lies on the reference; SHIFT_COLS (to the right) and SHIFT_ROWS (downwards) are the same in reference pixels. VERDICT is 'aligned' where the shift is within the tolerance, 'shifted' where it is not, and 'uncertain' where nothing reliable was found: then shifts, RMSE, SPREAD, rotation and scale have no value (null), and a warning says why.</source>
   <translation>将 SHIFT_X 和 SHIFT_Y 加到待配准栅格的地图坐标上（x 向东，y 向北），它便与参考栅格重合；SHIFT_COLS（向右）和 SHIFT_ROWS（向下）是同一偏移，以参考栅格像元为单位。偏移在容差之内时 VERDICT 为 'aligned'，超出容差时为 'shifted'，未找到可靠结果时为 'uncertain'：此时偏移、RMSE、SPREAD、旋转和缩放没有值（null），并由警告说明原因。</translation>
  </message>
  <message>
   <source>The report shows both rasters as a checkerboard before and after the measured shift; the point layer has the displacement of every chip.</source>
   <translation>报告以棋盘格显示两个栅格在改正测得的偏移前后的情况；点图层给出每个匹配窗口的位移。</translation>
  </message>
  <message>
   <source>Shift to the east, map units (no value where uncertain)</source>
   <translation>向东偏移，地图单位（不确定时无值）</translation>
  </message>
  <message>
   <source>Shift to the north, map units (no value where uncertain)</source>
   <translation>向北偏移，地图单位（不确定时无值）</translation>
  </message>
  <message>
   <source>Shift to the right, reference pixels (no value where uncertain)</source>
   <translation>向右偏移，参考栅格像元（不确定时无值）</translation>
  </message>
  <message>
   <source>Shift downwards, reference pixels (no value where uncertain)</source>
   <translation>向下偏移，参考栅格像元（不确定时无值）</translation>
  </message>
  <message>
   <source>Root mean square displacement, reference pixels (no value where uncertain)</source>
   <translation>均方根位移，参考栅格像元（不确定时没有值）</translation>
  </message>
  <message>
   <source>What shift, rotation and scale leave over, reference pixels (no value where uncertain)</source>
   <translation>偏移、旋转和缩放之后的残差，参考栅格像元（不确定时没有值）</translation>
  </message>
  <message>
   <source>Rotation, degrees, counter-clockwise (no value where uncertain)</source>
   <translation>旋转角，度，逆时针（不确定时无值）</translation>
  </message>
  <message>
   <source>Scale (no value where uncertain)</source>
   <translation>尺度（不确定时无值）</translation>
  </message>
  <message>
   <source>Usable share of the common area, 0 to 1</source>
   <translation>公共区域的可用比例，0 至 1</translation>
  </message>
  <message>
   <source>Number of chips that were measured</source>
   <translation>测得的匹配窗口数</translation>
  </message>
  <message>
   <source>aligned, shifted or uncertain</source>
   <translation>aligned（对齐）、shifted（有偏移）或 uncertain（不确定）</translation>
  </message>
  <message>
   <source>How the chips were compared: intensity or structure</source>
   <translation>匹配窗口的比较方式：intensity（强度）或 structure（结构）</translation>
  </message>
  <message>
   <source>What was found about the rasters, one line each</source>
   <translation>栅格检查结果，每行一条</translation>
  </message>
  <message>
   <source>Check coregistration</source>
   <translation>检查配准</translation>
  </message>
  <message>
   <source>Verdict, numbers and pictures as a page for the browser. Empty: the log only.</source>
   <translation>结论、数值和图，为可在浏览器中打开的网页。留空：仅写入日志。</translation>
  </message>
  <message>
   <source>Follow the georeferencing, and warn</source>
   <translation>按地理参考处理并警告</translation>
  </message>
  <message>
   <source>Undo the measured shift</source>
   <translation>改正测得的偏移</translation>
  </message>
  <message>
   <source>Stop the run</source>
   <translation>停止运行</translation>
  </message>
  <message>
   <source>The best that works here</source>
   <translation>此处可用的最佳设备</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>处理器（CPU）</translation>
  </message>
  <message>
   <source>NVIDIA graphics card (CUDA)</source>
   <translation>NVIDIA 显卡（CUDA）</translation>
  </message>
  <message>
   <source>NVIDIA graphics card (TensorRT)</source>
   <translation>NVIDIA 显卡（TensorRT）</translation>
  </message>
  <message>
   <source>AMD graphics card (ROCm)</source>
   <translation>AMD 显卡（ROCm）</translation>
  </message>
  <message>
   <source>AMD graphics card (MIGraphX)</source>
   <translation>AMD 显卡（MIGraphX）</translation>
  </message>
  <message>
   <source>Graphics card on Windows (DirectML)</source>
   <translation>Windows 上的显卡（DirectML）</translation>
  </message>
  <message>
   <source>Intel (OpenVINO)</source>
   <translation>Intel（OpenVINO）</translation>
  </message>
  <message>
   <source>Apple (Core ML)</source>
   <translation>Apple（Core ML）</translation>
  </message>
  <message>
   <source>16 bit with sign (Int16)</source>
   <translation>16 位有符号（Int16）</translation>
  </message>
  <message>
   <source>32 bit (UInt32)</source>
   <translation>32 位（UInt32）</translation>
  </message>
  <message>
   <source>32 bit with sign (Int32)</source>
   <translation>32 位有符号（Int32）</translation>
  </message>
  <message>
   <source>32 bit with fractions (Float32)</source>
   <translation>32 位浮点（Float32）</translation>
  </message>
  <message>
   <source>64 bit with fractions (Float64)</source>
   <translation>64 位浮点（Float64）</translation>
  </message>
  <message>
   <source>by file name</source>
   <translation>by file name</translation>
  </message>
  <message>
   <source>By the ending of the file's name</source>
   <translation>按文件扩展名</translation>
  </message>
  <message>
   <source>Cloud optimised GeoTIFF (COG)</source>
   <translation>云优化 GeoTIFF（COG）</translation>
  </message>
  <message>
   <source>Erdas Imagine (HFA)</source>
   <translation>Erdas Imagine（HFA）</translation>
  </message>
  <message>
   <source>As the metadata say</source>
   <translation>按元数据</translation>
  </message>
  <message>
   <source>Another sensor</source>
   <translation>其他传感器</translation>
  </message>
  <message>
   <source>EO-1 ALI</source>
   <translation>EO-1 ALI</translation>
  </message>
  <message>
   <source>Gives each polygon (a block, a parish) a class, such as residential or commercial, and its probability. A random forest learns from the polygons whose class is known. It sees the mean and the standard deviation of each band of RASTERS, the points of each category in the polygon and around it (POINTS), the size and the compactness of the polygon, and with NEIGHBOURS what the polygons around are like.</source>
   <translation>为每个多边形（街区、教区）赋予类别及其概率，例如居住或商业。随机森林从类别已知的多边形中学习。它所用的信息包括：RASTERS 各波段的均值和标准差，多边形内及周围各类型的点（POINTS），多边形的大小和紧凑度，以及（设置 NEIGHBOURS 时）周围多边形的情况。</translation>
  </message>
  <message>
   <source>FEATURE_POINTS are one more source: the mean and the deviation of their numbers in each polygon. Polygons without such a point are classified by the rest; the forest learns that from copies of the others.</source>
   <translation>FEATURE_POINTS 是另一种数据源：取各多边形内点的数值的均值和标准差。没有这种点的多边形由其余数据源分类；随机森林通过其他多边形的副本学习这种情况。</translation>
  </message>
  <message>
   <source>The accuracy is measured on parts of the map that the forest has not seen: whole blocks of polygons are left out. Polygons whose class is known get a class from such a forest, too, and the field 'checked' is 1. The probability is calibrated on such polygons. With several sources, the report says what each of them gives alone.</source>
   <translation>精度在随机森林未见过的地图部分上测量：成块的多边形被整体留出。类别已知的多边形也由这样的森林给出类别，其字段 'checked' 为 1。概率用这样的多边形校准。使用多种数据源时，报告会说明各数据源单独使用的效果。</translation>
  </message>
  <message>
   <source>POINTS is any layer of points or polygons, or OpenStreetMap data (.osm.pbf). This needs the Python package scikit-learn.</source>
   <translation>POINTS 为任意点图层或多边形图层，或 OpenStreetMap 数据（.osm.pbf）。需要 Python 包 scikit-learn。</translation>
  </message>
  <message>
   <source>Classify zones</source>
   <translation>对分区进行分类</translation>
  </message>
  <message>
   <source>function zones</source>
   <translation>功能区</translation>
  </message>
  <message>
   <source>land use</source>
   <translation>土地利用</translation>
  </message>
  <message>
   <source>points of interest</source>
   <translation>兴趣点</translation>
  </message>
  <message>
   <source>random forest</source>
   <translation>随机森林</translation>
  </message>
  <message>
   <source>big data</source>
   <translation>大数据</translation>
  </message>
  <message>
   <source>Field with the class, where it is known</source>
   <translation>类别字段（类别已知处）</translation>
  </message>
  <message>
   <source>A layer of polygons.</source>
   <translation>多边形图层。</translation>
  </message>
  <message>
   <source>Texts or whole numbers; empty where the class is to be found. Three zones or more of each class.</source>
   <translation>文本或整数；待求类别处留空。每个类别至少三个分区。</translation>
  </message>
  <message>
   <source>Images, heights, densities: any number of rasters with any number of bands. They may have other CRS than ZONES.</source>
   <translation>影像、高度、密度：栅格数和波段数均不限。其 CRS 可与 ZONES 不同。</translation>
  </message>
  <message>
   <source>A layer of points or polygons, or OpenStreetMap data (.osm.pbf).</source>
   <translation>点图层或多边形图层，或 OpenStreetMap 数据（.osm.pbf）。</translation>
  </message>
  <message>
   <source>Empty: by TAGS; without these, all points are one category.</source>
   <translation>留空：由 TAGS 决定；两者均无时，所有点属于同一类型。</translation>
  </message>
  <message>
   <source>Such as 'food: amenity=cafe|restaurant; shops: shop=*', as in rsfusion:poidensity. Empty, for OpenStreetMap data: fifteen common categories.</source>
   <translation>例如 'food: amenity=cafe|restaurant; shops: shop=*'，同 rsfusion:poidensity。对 OpenStreetMap 数据留空时：十五种常用类型。</translation>
  </message>
  <message>
   <source>A layer of points or polygons with fields of numbers, such as what a network saw in street-view images, or what people paid. A zone without such a point is classified by the rest.</source>
   <translation>带数值字段的点图层或多边形图层，例如网络从街景影像中识别的内容，或人们支付的价格。没有这种点的分区由其余数据源分类。</translation>
  </message>
  <message>
   <source>How far around the middle of a zone points are felt: standard deviation of a Gaussian kernel.</source>
   <translation>分区中心周围的点在多远范围内有影响：高斯核的标准差。</translation>
  </message>
  <message>
   <source>The zones with all their fields, and: predicted, probability, checked.</source>
   <translation>保留全部字段的分区，另加：predicted、probability、checked。</translation>
  </message>
  <message>
   <source>Accuracy, confusion matrix, what each source gave, and what the forest looks at, as a page for the browser.</source>
   <translation>精度、混淆矩阵、各数据源的作用，以及随机森林所依据的特征，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Mean distance of the probability from the share that is right</source>
   <translation>概率与正确比例的平均差距</translation>
  </message>
  <message>
   <source>Polygons whose class is known</source>
   <translation>类别已知的多边形数</translation>
  </message>
  <message>
   <source>Classes, separated by commas</source>
   <translation>类别，以逗号分隔</translation>
  </message>
  <message>
   <source>Points of interest</source>
   <translation>兴趣点</translation>
  </message>
  <message>
   <source>Field of POINTS with the category</source>
   <translation>POINTS 中的类型字段</translation>
  </message>
  <message>
   <source>Categories by tags</source>
   <translation>按标签划分的类型</translation>
  </message>
  <message>
   <source>Points with features</source>
   <translation>带特征的点</translation>
  </message>
  <message>
   <source>Names with commas between them. Empty: all fields of numbers.</source>
   <translation>名称以逗号分隔。留空：所有数值字段。</translation>
  </message>
  <message>
   <source>A number above zero that each point counts, such as its visitors. Empty: each counts 1.</source>
   <translation>每个点所计的大于零的数值，例如其访客数。留空：每个点计为 1。</translation>
  </message>
  <message>
   <source>Bandwidth, metres</source>
   <translation>带宽（米）</translation>
  </message>
  <message>
   <source>The features of so many nearest zones count as well; 0: none.</source>
   <translation>最近的这么多个分区的特征也计入；0：不计入。</translation>
  </message>
  <message>
   <source>Into so many parts, of several blocks each, the map is dealt out; each is left out once.</source>
   <translation>将地图划分为这么多份，每份含若干区块；每份留出一次。</translation>
  </message>
  <message>
   <source>Of the blocks and of the forest.</source>
   <translation>用于区块划分和随机森林。</translation>
  </message>
  <message>
   <source>Classified zones</source>
   <translation>分类后的分区</translation>
  </message>
  <message>
   <source>%1 in parts that the forest had not seen</source>
   <translation>%1，随机森林未见部分</translation>
  </message>
  <message>
   <source>Fields of FEATURE_POINTS</source>
   <translation>FEATURE_POINTS 的字段</translation>
  </message>
  <message>
   <source>Field of POINTS with the weight</source>
   <translation>POINTS 的权重字段</translation>
  </message>
  <message>
   <source>Tells what each raster gives to the result of a network that takes several. The network is run with all sets of the rasters; one that is left out is replaced by what the network's card says for an absent one. From this follow the Shapley values, which add up to the difference between all rasters and none, and what is lost where one raster alone is left out. A network of two rasters is run four times, of three eight times. From five rasters on, sets are drawn at random.</source>
   <translation>说明在使用多个栅格的网络中，各栅格对结果的贡献。以栅格的所有组合运行网络；未参与的栅格按网络模型卡对缺省栅格的规定代替。由此得到 Shapley 值，其总和等于使用全部栅格与不使用任何栅格之差；还得到单独剔除某个栅格的损失。两个栅格的网络运行四次，三个栅格的运行八次。从五个栅格起，组合随机抽取。</translation>
  </message>
  <message>
   <source>With a reference, the values say how much better or worse the result gets: REFERENCE are polygons or points with known classes, REFERENCE_RASTER is a raster of class codes, or the true image for a network that gives an image. Without a reference, they say how much of the result comes from each raster. Noise may then get a large share.</source>
   <translation>有参考时，这些值说明结果变好或变差了多少：REFERENCE 为类别已知的多边形或点，REFERENCE_RASTER 为类别代码栅格，若网络输出影像则为真值影像。无参考时，这些值说明结果有多少来自各栅格，此时噪声可能占很大比例。</translation>
  </message>
  <message>
   <source>Give the rasters that MODEL takes, and leave the others empty. Rasters that networks of one task alone take are among the advanced parameters.</source>
   <translation>给出 MODEL 所用的栅格，其余留空。只有单一任务的模型才用到的栅格列在高级参数中。</translation>
  </message>
  <message>
   <source>Contribution of each raster</source>
   <translation>各栅格的贡献</translation>
  </message>
  <message>
   <source>Map of the contributions</source>
   <translation>贡献图</translation>
  </message>
  <message>
   <source>Shares of the credit in words</source>
   <translation>贡献占比的文字说明</translation>
  </message>
  <message>
   <source>The rasters that took part, separated by commas</source>
   <translation>参与计算的栅格，以逗号分隔</translation>
  </message>
  <message>
   <source>Their Shapley values in the same order</source>
   <translation>其 Shapley 值，顺序相同</translation>
  </message>
  <message>
   <source>Their shares of the credit in the same order</source>
   <translation>其贡献占比，顺序相同</translation>
  </message>
  <message>
   <source>Pixels that took part</source>
   <translation>参与计算的像元数</translation>
  </message>
  <message>
   <source>How often the network was run on each tile</source>
   <translation>每个分块上网络运行的次数</translation>
  </message>
  <message>
   <source>Seconds that it took</source>
   <translation>耗时（秒）</translation>
  </message>
  <message>
   <source>One band for each raster: what it gave at each pixel. Its mean is the value of the table.</source>
   <translation>每个栅格一个波段：它在各像元上的贡献。其均值即表格中的值。</translation>
  </message>
  <message>
   <source>Values, shares, and the sets of rasters as a page for the browser.</source>
   <translation>值、占比和栅格组合，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Values of each raster, and of each set of rasters: two tables separated by an empty line.</source>
   <translation>各栅格及各栅格组合的值：两个表格，以空行分隔。</translation>
  </message>
  <message>
   <source>Measures how far SECONDARY lies off REFERENCE, also between images of different sensors, and writes SECONDARY corrected. By itself it takes the simplest correction that the places where both agree bear out. A shift, a similarity (shift, rotation and scale) or an affine (also sheared) changes the georeferencing only: the pixels stay as they are unless ON_REFERENCE_GRID asks for the pixels of REFERENCE. A polynomial or a thin plate spline (tps) also takes out local distortion, by resampling. The result is measured again; a correction that does not bring the rasters closer is not applied, SECONDARY is then written as it lies, APPLIED is 0 and a warning says so, just as where it lies within TOLERANCE already. Where the shift cannot be told with confidence, nothing is written and the run fails.</source>
   <translation>测量 SECONDARY 相对于 REFERENCE 偏离多少，也可用于不同传感器的影像，并写出改正后的 SECONDARY。默认采用两者相符的位置所支持的最简单的改正。偏移、相似变换（偏移、旋转和缩放）或仿射变换（另加切变）只改变地理参考：像元保持不变，除非 ON_REFERENCE_GRID 要求采用 REFERENCE 的像元。多项式或薄板样条（tps）还通过重采样消除局部变形。对结果会再次测量；若改正未使两个栅格更接近，则不予应用，SECONDARY 按原位写出，APPLIED 为 0，并给出警告；SECONDARY 本已在 TOLERANCE 之内时亦同样处理。若无法可靠地确定偏移，则不写出任何结果，运行失败。</translation>
  </message>
  <message>
   <source>What is to be added to the secondary's x, in units of the reference's CRS</source>
   <translation>待配准栅格的 x 须加上的量，以参考栅格 CRS 的单位计</translation>
  </message>
  <message>
   <source>What is to be added to the secondary's y, in units of the reference's CRS</source>
   <translation>待配准栅格的 y 须加上的量，以参考栅格 CRS 的单位计</translation>
  </message>
  <message>
   <source>The same to the right, in reference pixels</source>
   <translation>同上，向右，以参考栅格像元计</translation>
  </message>
  <message>
   <source>The same downwards, in reference pixels</source>
   <translation>同上，向下，以参考栅格像元计</translation>
  </message>
  <message>
   <source>Root mean square displacement before, in reference pixels</source>
   <translation>改正前的均方根位移，以参考栅格像元计</translation>
  </message>
  <message>
   <source>Root mean square displacement of the result, in reference pixels</source>
   <translation>结果的均方根位移，以参考栅格像元计</translation>
  </message>
  <message>
   <source>Confidence of the measurement, 0 to 1</source>
   <translation>测量的置信度，0 至 1</translation>
  </message>
  <message>
   <source>1 where a correction was applied, else 0</source>
   <translation>应用了改正时为 1，否则为 0</translation>
  </message>
  <message>
   <source>Rotation, degrees, counter-clockwise</source>
   <translation>旋转角，度，逆时针</translation>
  </message>
  <message>
   <source>By what the right angle between columns and rows was changed, degrees</source>
   <translation>列与行之间直角的改变量，度</translation>
  </message>
  <message>
   <source>How the rasters lay before: aligned or shifted</source>
   <translation>改正前栅格的状态：aligned（对齐）或 shifted（有偏移）</translation>
  </message>
  <message>
   <source>The correction, one of METHOD's</source>
   <translation>所用的改正，为 METHOD 的选项之一</translation>
  </message>
  <message>
   <source>What was found and done, one line each</source>
   <translation>检查和处理的结果，每行一条</translation>
  </message>
  <message>
   <source>thin plate spline</source>
   <translation>薄板样条</translation>
  </message>
  <message>
   <source>control points</source>
   <translation>控制点</translation>
  </message>
  <message>
   <source>Control points</source>
   <translation>控制点</translation>
  </message>
  <message>
   <source>QGIS control points (*.points);;GDAL options (*.txt)</source>
   <translation>QGIS 控制点 (*.points);;GDAL 选项 (*.txt)</translation>
  </message>
  <message>
   <source>Coregistered raster</source>
   <translation>配准后的栅格</translation>
  </message>
  <message>
   <source>Where places of the secondary belong, for other tools: as .points for the Georeferencer of QGIS, else as options of gdal_translate (--optfile).</source>
   <translation>待配准栅格的各位置应处于何处，供其他工具使用：.points 文件供 QGIS 的地理配准工具使用，否则为 gdal_translate 的选项（--optfile）。</translation>
  </message>
  <message>
   <source>Displacement field</source>
   <translation>位移场</translation>
  </message>
  <message>
   <source>What must be added to the secondary everywhere, in reference pixels: to the right (band 1) and downwards (band 2).</source>
   <translation>待配准栅格各处须加上的量，以参考栅格像元为单位：向右（波段 1）和向下（波段 2）。</translation>
  </message>
  <message>
   <source>Brings many rasters onto one: a time series, or all rasters of a folder. Each is measured and corrected as by rsfusion:coregister and written into OUTPUT_FOLDER. A raster whose displacement cannot be told with confidence is not written: TABLE says why, and the others go on.</source>
   <translation>将多个栅格配准到一个栅格上：一个时间序列，或一个文件夹中的所有栅格。每个栅格均按 rsfusion:coregister 的方式测量和改正，并写入 OUTPUT_FOLDER。位移无法可靠确定的栅格不写出：TABLE 说明原因，其余栅格继续处理。</translation>
  </message>
  <message>
   <source>Number of secondaries</source>
   <translation>待配准栅格数</translation>
  </message>
  <message>
   <source>How many were corrected</source>
   <translation>已改正的个数</translation>
  </message>
  <message>
   <source>How many could not be told with confidence, and were not written</source>
   <translation>无法可靠确定而未写出的个数</translation>
  </message>
  <message>
   <source>How many could not be used at all</source>
   <translation>完全无法使用的个数</translation>
  </message>
  <message>
   <source>Coregister many rasters</source>
   <translation>配准多个栅格</translation>
  </message>
  <message>
   <source>time series</source>
   <translation>时间序列</translation>
  </message>
  <message>
   <source>Secondary rasters</source>
   <translation>待配准栅格</translation>
  </message>
  <message>
   <source>Folder of secondary rasters</source>
   <translation>待配准栅格的文件夹</translation>
  </message>
  <message>
   <source>The rasters that are to lie on the reference, in the order in which neighbours are compared.</source>
   <translation>要配准到参考栅格上的栅格，按相邻栅格相互比较的顺序排列。</translation>
  </message>
  <message>
   <source>All rasters of a folder, by name (%1), but the reference.</source>
   <translation>文件夹中除参考栅格以外的所有栅格，按名称排序（%1）。</translation>
  </message>
  <message>
   <source>Each result gets the name of its raster with _coregistered.</source>
   <translation>每个结果以其栅格的名称加 _coregistered 命名。</translation>
  </message>
  <message>
   <source>One line for each raster: what was found and done.</source>
   <translation>每个栅格一行：检查结果和所作的处理。</translation>
  </message>
  <message>
   <source>All rasters before and after, with the table, as a page for the browser.</source>
   <translation>所有栅格改正前后的情况以及表格，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>None of the %1 rasters could be used. The first one: %2</source>
   <translation>%1 个栅格均无法使用。第一个：%2</translation>
  </message>
  <message>
   <source>There is nothing to coregister; choose SECONDARIES, or a FOLDER that has rasters.</source>
   <translation>没有可配准的栅格；请选择 SECONDARIES，或含有栅格的 FOLDER。</translation>
  </message>
  <message>
   <source>SECONDARIES: '%1' is no raster that can be opened; correct or remove it.</source>
   <translation>SECONDARIES：'%1' 不是可打开的栅格；请改正或将其移除。</translation>
  </message>
  <message>
   <source>FOLDER: '%1' is no folder; choose one that has rasters.</source>
   <translation>FOLDER：'%1' 不是文件夹；请选择含有栅格的文件夹。</translation>
  </message>
  <message>
   <source>Takes about as long again.</source>
   <translation>所需时间约增加一倍。</translation>
  </message>
  <message>
   <source>Folder of results</source>
   <translation>结果文件夹</translation>
  </message>
  <message>
   <source>Measure neighbours on each other as a check</source>
   <translation>相邻栅格相互测量以作检核</translation>
  </message>
  <message>
   <source>What was found, one line each</source>
   <translation>检查结果，每行一条</translation>
  </message>
  <message>
   <source>%1: '%2', which comes with '%3', is there and belongs to another file; choose another name for the result.</source>
   <translation>%1：随 '%3' 产生的 '%2' 已存在，且属于另一个文件；请为结果选择其他名称。</translation>
  </message>
  <message>
   <source>beside the file</source>
   <translation>beside the file</translation>
  </message>
  <message>
   <source>inside a copy</source>
   <translation>inside a copy</translation>
  </message>
  <message>
   <source>Writes the card that a network of your own needs. It reads the graph, runs it within limits of time and memory, and proposes the task, the role, layout and pixel ratio of each input, how far the network looks (a pixel is changed, and what changes is measured) and what sides its tiles may have. What the graph does not tell, it asks in one sentence each.</source>
   <translation>为用户自己的网络编写所需的模型卡。程序读取计算图，在限定的时间和内存内运行网络，并建议任务，各输入的角色、布局和像元大小比，网络的感受野大小（改变一个像元，测量何处随之改变），以及分块可取的边长。计算图没有说明的内容，各以一句话询问。</translation>
  </message>
  <message>
   <source>Correct the tables INPUTS and OUTPUTS, and run it again. It then runs the network on RASTERS, or on a made-up scene, and the report shows what comes out. SAVE writes the card beside the file, or into a copy of it. INSTALL puts the network into your list.</source>
   <translation>请改正表格 INPUTS 和 OUTPUTS，然后再次运行。此时程序在 RASTERS 或虚构影像上运行网络，报告给出所得结果。SAVE 将模型卡写在文件旁边，或写入其副本。INSTALL 将网络加入用户的列表。</translation>
  </message>
  <message>
   <source>Task of the network</source>
   <translation>网络的任务</translation>
  </message>
  <message>
   <source>The card, a STAC item</source>
   <translation>模型卡，即 STAC 条目</translation>
  </message>
  <message>
   <source>Table of inputs, JSON</source>
   <translation>输入表，JSON</translation>
  </message>
  <message>
   <source>Table of outputs, JSON</source>
   <translation>输出表，JSON</translation>
  </message>
  <message>
   <source>What does not fit, or is a guess</source>
   <translation>不相符或为推测的内容</translation>
  </message>
  <message>
   <source>Path of the card or of the copy</source>
   <translation>模型卡或副本的路径</translation>
  </message>
  <message>
   <source>Name in the list</source>
   <translation>列表中的名称</translation>
  </message>
  <message>
   <source>Halo, pixels</source>
   <translation>上下文范围（halo），像元</translation>
  </message>
  <message>
   <source>Sides of tiles are a multiple of</source>
   <translation>分块边长的倍数基数</translation>
  </message>
  <message>
   <source>Margin, pixels</source>
   <translation>边距，像元</translation>
  </message>
  <message>
   <source>Side of windows, pixels</source>
   <translation>窗口边长，像元</translation>
  </message>
  <message>
   <source>Runs a network in all ways that its card promises: in small tiles, on a part of the rasters, with holes in them, and without the rasters that it can do without. It also measures time, memory and operations. The log and the report have a table. Where a check fails, the run fails.</source>
   <translation>按模型卡所承诺的各种方式运行网络：用小分块、在栅格的一部分上、栅格中有空洞时，以及缺少可省的栅格时。还测量时间、内存和运算次数。日志和报告中有表格。若有检查未通过，则运行失败。</translation>
  </message>
  <message>
   <source>RASTERS are your own, in the order of the card's inputs. Without them a made-up scene is used.</source>
   <translation>RASTERS 为用户自己的栅格，按模型卡中输入的顺序。未给出时使用虚构影像。</translation>
  </message>
  <message>
   <source>Describe a network</source>
   <translation>描述网络</translation>
  </message>
  <message>
   <source>Task: %1. Halo %2, tiles in multiples of %3, margin %4, window %5.</source>
   <translation>任务：%1。halo 为 %2，分块边长为 %3 的倍数，边距为 %4，窗口为 %5。</translation>
  </message>
  <message>
   <source>the rasters</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>a made-up scene</source>
   <translation>虚构影像</translation>
  </message>
  <message>
   <source>Check a network</source>
   <translation>检查网络</translation>
  </message>
  <message>
   <source>it sees %1 pixels around, the card says %2</source>
   <translation>感受野为周围 %1 像元，模型卡中为 %2</translation>
  </message>
  <message>
   <source>As found</source>
   <translation>按识别结果</translation>
  </message>
  <message>
   <source>Do not write it</source>
   <translation>不写入</translation>
  </message>
  <message>
   <source>Beside the file</source>
   <translation>写在文件旁边</translation>
  </message>
  <message>
   <source>Into a copy of the file</source>
   <translation>写入文件的副本</translation>
  </message>
  <message>
   <source>Network file</source>
   <translation>网络文件</translation>
  </message>
  <message>
   <source>Name of the network (empty: that of the file)</source>
   <translation>网络名称（留空：与文件同名）</translation>
  </message>
  <message>
   <source>Put it into the list of networks</source>
   <translation>加入网络列表</translation>
  </message>
  <message>
   <source>Replace what has this name</source>
   <translation>替换同名网络</translation>
  </message>
  <message>
   <source>The trial failed: %1</source>
   <translation>试运行失败：%1</translation>
  </message>
  <message>
   <source>The network was not saved, since its trial failed (%1); correct INPUTS or OUTPUTS, or leave %2 and %3 off.</source>
   <translation>未保存网络，因为试运行失败（%1）；请改正 INPUTS 或 OUTPUTS，或不启用 %2 和 %3。</translation>
  </message>
  <message>
   <source>Written: %1</source>
   <translation>已写出：%1</translation>
  </message>
  <message>
   <source>A network for %1; it looks %2 pixels around.</source>
   <translation>用于 %1 的网络；其感受野为周围 %2 像元。</translation>
  </message>
  <message>
   <source>%1 of %2 checks failed.</source>
   <translation>%2 项检查中有 %1 项未通过。</translation>
  </message>
  <message>
   <source>All checks passed.</source>
   <translation>所有检查均已通过。</translation>
  </message>
  <message>
   <source>MODEL '%1' failed %2 of %3 checks; the first is '%4' (%5); correct its card or the network.</source>
   <translation>MODEL '%1' 的 %3 项检查中有 %2 项未通过；第一项为 '%4'（%5）；请改正其模型卡或网络。</translation>
  </message>
  <message>
   <source>An .onnx file without a card.</source>
   <translation>没有模型卡的 .onnx 文件。</translation>
  </message>
  <message>
   <source>Letters, digits, underscores and hyphens.</source>
   <translation>字母、数字、下划线和连字符。</translation>
  </message>
  <message>
   <source>Write the card</source>
   <translation>写出模型卡</translation>
  </message>
  <message>
   <source>beside the file: as .json with the same name. inside a copy: into a copy of the network, which is called as the file with _card.</source>
   <translation>beside the file：写成文件旁边同名的 .json。inside a copy：写入网络的副本，其名称为原文件名加 _card。</translation>
  </message>
  <message>
   <source>Under the name above; the card goes into the copy.</source>
   <translation>使用上面的名称；模型卡写入副本。</translation>
  </message>
  <message>
   <source>The card, what there is to ask, and pictures of the trial, as a page for the browser.</source>
   <translation>模型卡、待确认的问题和试运行的图，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>%1 is '%2', but there is no such file; give the path of an .onnx file.</source>
   <translation>%1 为 '%2'，但没有这个文件；请给出 .onnx 文件的路径。</translation>
  </message>
  <message>
   <source>the copy</source>
   <translation>副本</translation>
  </message>
  <message>
   <source>%1: '%2' is there already; set %3, or move it away.</source>
   <translation>%1：'%2' 已存在；请启用 %3，或将其移走。</translation>
  </message>
  <message>
   <source>%1 '%2' keeps its weights in other files, but a network of the list is one file; export it with its weights inside.</source>
   <translation>%1 '%2' 的权重存放在其他文件中，但列表中的网络为单个文件；请连同权重一起导出。</translation>
  </message>
  <message>
   <source>To be checked</source>
   <translation>待确认</translation>
  </message>
  <message>
   <source>What it makes of %1</source>
   <translation>由 %1 得到的结果</translation>
  </message>
  <message>
   <source>In the order of the card's inputs. Empty: a made-up scene.</source>
   <translation>按模型卡中输入的顺序。留空：虚构影像。</translation>
  </message>
  <message>
   <source>The table of checks as a page for the browser.</source>
   <translation>检查结果的表格，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Checks, JSON</source>
   <translation>检查结果，JSON</translation>
  </message>
  <message>
   <source>The halo is large enough</source>
   <translation>halo 足够大</translation>
  </message>
  <message>
   <source>Otherwise what has this name is left alone.</source>
   <translation>否则同名网络保持不变。</translation>
  </message>
  <message>
   <source>Pixel ratio</source>
   <translation>像元大小比</translation>
  </message>
  <message>
   <source>Bands or classes</source>
   <translation>波段或类别</translation>
  </message>
  <message>
   <source>Added input</source>
   <translation>相加的输入</translation>
  </message>
  <message>
   <source>Halo (pixels; empty = measured)</source>
   <translation>上下文范围（halo，像元；留空 = 测量值）</translation>
  </message>
  <message>
   <source>How far around a pixel the network looks.</source>
   <translation>网络的感受野在一个像元周围延伸多远。</translation>
  </message>
  <message>
   <source>Sides of tiles are a multiple of (empty = measured)</source>
   <translation>分块边长的倍数基数（留空 = 测量值）</translation>
  </message>
  <message>
   <source>As networks with strides want it.</source>
   <translation>带步幅的网络有此要求。</translation>
  </message>
  <message>
   <source>Margin (pixels; empty = measured)</source>
   <translation>边距（像元；留空 = 测量值）</translation>
  </message>
  <message>
   <source>What the outputs lack on each side, as unpadded convolutions leave it.</source>
   <translation>输出每侧缺少的部分，由不填充的卷积造成。</translation>
  </message>
  <message>
   <source>Window (pixels; empty = found)</source>
   <translation>窗口（像元；留空 = 自动判断）</translation>
  </message>
  <message>
   <source>The side of the windows of which the network tells the centre; 0 = it takes whole tiles.</source>
   <translation>网络给出其中心结果的窗口的边长；0 = 网络使用整个分块。</translation>
  </message>
  <message>
   <source>Inputs (empty = as found)</source>
   <translation>输入（留空 = 自动判断）</translation>
  </message>
  <message>
   <source>Outputs (empty = as found)</source>
   <translation>输出（留空 = 自动判断）</translation>
  </message>
  <message>
   <source>Rasters to try it on</source>
   <translation>用于试运行的栅格</translation>
  </message>
  <message>
   <source>What the network is for. found: proposed from what it takes and gives.</source>
   <translation>网络的用途。found：由其输入和输出推断。</translation>
  </message>
  <message>
   <source>One row for each input: the tensor of the graph, the role of its raster, its bands (a number, names separated by semicolons, or any), its layout (NCHW, NHWC, ...), how much coarser its pixels are, and its scaling (none, dataset, scene, percentiles, depth, reflectance, decibels, patch, or a JSON object). Two rows of one tensor are joined along its channels. The first run prints the table that it proposes.</source>
   <translation>每个输入一行：计算图的张量、其栅格的角色、其波段（一个数、以分号分隔的名称，或 any）、其布局（NCHW、NHWC、...）、其像元粗多少倍，以及其缩放（none、dataset、scene、percentiles、depth、reflectance、decibels、patch，或 JSON 对象）。同一张量的两行沿通道连接。首次运行会输出所建议的表格。</translation>
  </message>
  <message>
   <source>One row for each output that is kept: its tensor, the role of the input that it is like, its bands or the names of its classes, its layout, its scores (logits, probabilities, labels), and the role of an input that is added to it.</source>
   <translation>每个保留的输出一行：其张量、与其相同的输入的角色、其波段或各类别的名称、其布局、其得分（logits、probabilities、labels），以及与其相加的输入的角色。</translation>
  </message>
  <message>
   <source>In the order of the inputs. Empty: a made-up scene.</source>
   <translation>按输入的顺序。留空：虚构影像。</translation>
  </message>
  <message>
   <source>%1 has %2 cells; expected whole rows of %3: %4.</source>
   <translation>%1 有 %2 个单元格；应为每行 %3 个的完整行：%4。</translation>
  </message>
  <message>
   <source>%1 gives '%2' the pixel ratio '%3'; expected a whole number such as 1 or 4.</source>
   <translation>%1 为 '%2' 给出的像元大小比为 '%3'；应为整数，例如 1 或 4。</translation>
  </message>
  <message>
   <source>%1 has the scaling '%2', which is no JSON object; write it as in a card.</source>
   <translation>%1 中的缩放 '%2' 不是 JSON 对象；请按模型卡中的写法书写。</translation>
  </message>
  <message>
   <source>Propose rows</source>
   <translation>给出建议</translation>
  </message>
  <message>
   <source>Add a row</source>
   <translation>添加一行</translation>
  </message>
  <message>
   <source>Remove a row</source>
   <translation>移除一行</translation>
  </message>
  <message>
   <source>arrows %1 times as long</source>
   <translation>箭头长度为 %1 倍</translation>
  </message>
  <message>
   <source>make_line($geometry, translate($geometry, %1 * "dx", %2 * "dy"))</source>
   <translation>make_line($geometry, translate($geometry, %1 * "dx", %2 * "dy"))</translation>
  </message>
  <message>
   <source>%1: '%2' cannot be written; free some space or choose another name or format.</source>
   <translation>%1：无法写入 '%2'；请腾出空间，或选择其他名称或格式。</translation>
  </message>
  <message>
   <source>agrees (%1)</source>
   <translation>相符（%1）</translation>
  </message>
  <message>
   <source>Says what the plugin finds on this computer: QGIS, GDAL, Python and each package with its version and place, whether the package can really be imported, the devices on which networks run, the memory, and the networks of the plugin and of your own folder. The last line is the verdict.</source>
   <translation>说明插件在本机上找到了什么：QGIS、GDAL、Python 和各个包及其版本和位置，包能否真正导入，运行网络的设备，内存，以及插件自带的网络和用户网络文件夹中的网络。最后一行为结论。</translation>
  </message>
  <message>
   <source>INSTALL fetches the packages that are missing, ONNX Runtime above all. They go into a folder of your QGIS profile that belongs to this version of Python. The packages of QGIS stay as they are. QGIS' settings for a proxy are used. Without a network, name a folder of wheels (WHEELS). REMOVE deletes that folder again.</source>
   <translation>INSTALL 获取缺少的包，首先是 ONNX Runtime。它们安装到 QGIS 用户配置中专属于此 Python 版本的文件夹。QGIS 自带的包保持不变。使用 QGIS 的代理设置。没有网络连接时，请指定存放 wheel 包的文件夹（WHEELS）。REMOVE 将该文件夹删除。</translation>
  </message>
  <message>
   <source>(for: %1)</source>
   <translation>（用于：%1）</translation>
  </message>
  <message>
   <source>Check and install the environment</source>
   <translation>检查并安装环境</translation>
  </message>
  <message>
   <source>%1 (not there; INSTALL makes it)</source>
   <translation>%1（不存在；由 INSTALL 创建）</translation>
  </message>
  <message>
   <source>%1; DEVICE=auto tries %2 first</source>
   <translation>%1；DEVICE=auto 首先尝试 %2</translation>
  </message>
  <message>
   <source>Something is missing: %1; %2</source>
   <translation>缺少：%1；%2</translation>
  </message>
  <message>
   <source>Folder of wheels (without a network)</source>
   <translation>wheel 包文件夹（无网络连接时）</translation>
  </message>
  <message>
   <source>To be installed into %1: %2</source>
   <translation>将安装到 %1：%2</translation>
  </message>
  <message>
   <source>The packages are installed, and can be used at once.</source>
   <translation>各包已安装，可立即使用。</translation>
  </message>
  <message>
   <source>Folder for scratch files</source>
   <translation>临时文件夹</translation>
  </message>
  <message>
   <source>ONNX Runtime</source>
   <translation>ONNX Runtime</translation>
  </message>
  <message>
   <source>%1 GiB, %2 GiB free</source>
   <translation>%1 GiB，可用 %2 GiB</translation>
  </message>
  <message>
   <source>Folder of your own networks</source>
   <translation>用户网络文件夹</translation>
  </message>
  <message>
   <source>Everything that the plugin needs is there.</source>
   <translation>插件所需的一切均已具备。</translation>
  </message>
  <message>
   <source>%1 (%2; used for %3)</source>
   <translation>%1（%2；用于：%3）</translation>
  </message>
  <message>
   <source>Packages that can be imported already are not touched.</source>
   <translation>已能导入的包不作改动。</translation>
  </message>
  <message>
   <source>Deletes the folder of the profile that INSTALL filled. Start QGIS again afterwards.</source>
   <translation>删除用户配置中由 INSTALL 填充的文件夹。之后请重新启动 QGIS。</translation>
  </message>
  <message>
   <source>The same as a page for the browser.</source>
   <translation>相同内容，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Version of ONNX Runtime</source>
   <translation>ONNX Runtime 的版本</translation>
  </message>
  <message>
   <source>1 where everything needed is there, else 0</source>
   <translation>所需各项齐备时为 1，否则为 0</translation>
  </message>
  <message>
   <source>INSTALL and REMOVE are both on, but only one of them can be done; choose one.</source>
   <translation>INSTALL 和 REMOVE 均已启用，但只能执行其中之一；请选择一个。</translation>
  </message>
  <message>
   <source>Nothing is missing, so nothing is installed.</source>
   <translation>没有缺少任何内容，因此无需安装。</translation>
  </message>
  <message>
   <source>The packages are installed in %1, but not all can be used (%2).</source>
   <translation>各包已安装到 %1，但并非全部可用（%2）。</translation>
  </message>
  <message>
   <source>packages of the profile</source>
   <translation>用户配置中的包</translation>
  </message>
  <message>
   <source>Python for training</source>
   <translation>训练用的 Python</translation>
  </message>
  <message>
   <source>Install what is missing</source>
   <translation>安装缺少的包</translation>
  </message>
  <message>
   <source>Remove what was installed so</source>
   <translation>删除以此方式安装的包</translation>
  </message>
  <message>
   <source>Files that python3 -m pip download fetched on another computer with the same system and version of Python.</source>
   <translation>在另一台系统和 Python 版本相同的计算机上用 python3 -m pip download 获取的文件。</translation>
  </message>
  <message>
   <source>%1 is deleted.</source>
   <translation>已删除 %1。</translation>
  </message>
  <message>
   <source>There is no %1 to delete.</source>
   <translation>没有可删除的 %1。</translation>
  </message>
  <message>
   <source>Environment of rsfusion</source>
   <translation>rsfusion 的环境</translation>
  </message>
  <message>
   <source>the one that QGIS runs on</source>
   <translation>运行 QGIS 的 Python</translation>
  </message>
  <message>
   <source>cannot be read: %1</source>
   <translation>无法读取：%1</translation>
  </message>
  <message>
   <source>Writes a small generated scene into FOLDER: a town, fields, a wood and a river, as the sensors of TASK would see them. Every input of the task gets a file, and the truth too, where there is one, so that you can try the task and see how good its result is. The tutorials begin with this.</source>
   <translation>在 FOLDER 中写入一个小型生成场景：城镇、农田、树林和河流，如同 TASK 所用传感器看到的那样。该任务的每个输入都有一个文件；如有真值，也一并写入。这样您就可以试用该任务，并了解结果的好坏。各篇教程都从这里开始。</translation>
  </message>
  <message>
   <source>The same SEED gives the same scene. The files get the names of the inputs in small letters, such as pan.tif. README.txt says which file is for which input. Files in FOLDER that are no example data are never replaced.</source>
   <translation>相同的 SEED 得到相同的场景。文件以输入参数的小写名称命名，例如 pan.tif。README.txt 说明哪个文件用于哪个输入。FOLDER 中不属于示例数据的文件绝不会被替换。</translation>
  </message>
  <message>
   <source>Make example data</source>
   <translation>生成示例数据</translation>
  </message>
  <message>
   <source>Size (pixels; 0 = as the task needs)</source>
   <translation>大小（像素；0 = 按任务需要）</translation>
  </message>
  <message>
   <source>What is what also stands in '%1'.</source>
   <translation>各文件的说明另见 '%1'。</translation>
  </message>
  <message>
   <source>What you want to try</source>
   <translation>想要试用的任务</translation>
  </message>
  <message>
   <source>For which task the files are made.</source>
   <translation>为哪个任务生成文件。</translation>
  </message>
  <message>
   <source>It is made where it does not exist.</source>
   <translation>若不存在则自动创建。</translation>
  </message>
  <message>
   <source>Into the project, without the truth. Has no effect on the command line.</source>
   <translation>加载到工程中，不含真值。在命令行中不起作用。</translation>
  </message>
  <message>
   <source>File for %1; several files are separated by semicolons</source>
   <translation>%1 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>All files, one line each: NAME=path</source>
   <translation>所有文件，每行一个：名称=路径</translation>
  </message>
  <message>
   <source>Folder for the files</source>
   <translation>存放文件的文件夹</translation>
  </message>
  <message>
   <source>Load the files as layers</source>
   <translation>将文件加载为图层</translation>
  </message>
  <message>
   <source>Of the finest raster, along a side. At least %1.</source>
   <translation>最精细栅格的边长。至少 %1。</translation>
  </message>
  <message>
   <source>Another number gives another scene.</source>
   <translation>换一个数字就得到另一个场景。</translation>
  </message>
  <message>
   <source>%1 is missing; PROTOCOL %2 needs %3, so name rasters or choose another PROTOCOL.</source>
   <translation>缺少 %1；PROTOCOL %2 需要 %3，因此请指定栅格，或选择其他 PROTOCOL。</translation>
  </message>
  <message>
   <source>a web service (WMS, WMTS, XYZ) gives pictures for the screen, not measured values</source>
   <translation>网络服务（WMS、WMTS、XYZ）提供的是供屏幕显示的图，而不是测量值</translation>
  </message>
  <message>
   <source>a web service gives pictures for the screen, not measured values</source>
   <translation>网络服务提供的是供屏幕显示的图，而不是测量值</translation>
  </message>
  <message>
   <source>QGIS asks a web service for its values piece by piece</source>
   <translation>QGIS 逐块向网络服务请求其值</translation>
  </message>
  <message>
   <source>QGIS reads it from a PostGIS database itself; GDAL does by a name such as PG:dbname=... schema=... table=... mode=2</source>
   <translation>QGIS 自行从 PostGIS 数据库读取它；GDAL 则通过 PG:dbname=... schema=... table=... mode=2 之类的名称读取</translation>
  </message>
  <message>
   <source>QGIS computes it while it is drawn</source>
   <translation>QGIS 在绘制时才计算它</translation>
  </message>
  <message>
   <source>it is a vector layer</source>
   <translation>它是矢量图层</translation>
  </message>
  <message>
   <source>%1 is '%2', which QGIS cannot open as a raster layer; give an existing raster file.</source>
   <translation>%1 为 '%2'，QGIS 无法将其作为栅格图层打开；请提供已有的栅格文件。</translation>
  </message>
  <message>
   <source>%1 is the layer '%2' of the kind '%3'%4, but only rasters that GDAL reads can be used; export the layer to a GeoTIFF first.</source>
   <translation>%1 是图层 '%2'，类型为 '%3'%4，但只能使用 GDAL 可读取的栅格；请先将该图层导出为 GeoTIFF。</translation>
  </message>
  <message>
   <source>%1 is opened with the options %2, which the engine cannot pass on; export the layer to a GeoTIFF first.</source>
   <translation>%1 以选项 %2 打开，引擎无法传递这些选项；请先将该图层导出为 GeoTIFF。</translation>
  </message>
  <message>
   <source>%1 is '%2', which QGIS cannot open as a vector layer; give an existing one.</source>
   <translation>%1 为 '%2'，QGIS 无法将其作为矢量图层打开；请提供已有的矢量图层。</translation>
  </message>
  <message>
   <source>%1 cannot be written to a temporary file (%2); export the layer to a GeoPackage first.</source>
   <translation>无法将 %1 写入临时文件（%2）；请先将该图层导出为 GeoPackage。</translation>
  </message>
  <message>
   <source>%1 is '%2', which holds %3 rasters; give one of them, such as %4.</source>
   <translation>%1 为 '%2'，其中含有 %3 个栅格；请给出其中之一，例如 %4。</translation>
  </message>
  <message>
   <source>Prints the card of a network: what it takes, what it gives, how far the rasters may lie apart, what it was trained on and under which licence, and how well it did. The same as a table in REPORT, and as values that a model can branch on. MEASURE runs the network on tiles of noise and tells what it costs on this computer, also for an ONNX file without a card.</source>
   <translation>输出网络的模型卡：输入什么、输出什么、栅格之间允许相距多远、用什么训练、采用何种许可证，以及效果如何。REPORT 以表格给出相同内容，并以值的形式输出，供模型据以分支。MEASURE 在噪声分块上运行网络，给出其在本机上的开销，也适用于没有模型卡的 ONNX 文件。</translation>
  </message>
  <message>
   <source>Name of the network</source>
   <translation>网络名称</translation>
  </message>
  <message>
   <source>Path of the network's file</source>
   <translation>网络文件的路径</translation>
  </message>
  <message>
   <source>Fusion task</source>
   <translation>融合任务</translation>
  </message>
  <message>
   <source>SHA-256 of the file, where its card says it</source>
   <translation>文件的 SHA-256（模型卡有记载时）</translation>
  </message>
  <message>
   <source>Smallest pixel size ratio</source>
   <translation>最小像元大小比</translation>
  </message>
  <message>
   <source>Largest pixel size ratio</source>
   <translation>最大像元大小比</translation>
  </message>
  <message>
   <source>Largest misregistration in output pixels</source>
   <translation>最大配准误差（输出像元）</translation>
  </message>
  <message>
   <source>Context in output pixels</source>
   <translation>上下文范围（输出像元）</translation>
  </message>
  <message>
   <source>Number of weights</source>
   <translation>权重数</translation>
  </message>
  <message>
   <source>Size of the network's files in bytes, where MEASURE is on</source>
   <translation>网络文件的大小（字节），MEASURE 启用时</translation>
  </message>
  <message>
   <source>Operations for one output pixel, where MEASURE is on</source>
   <translation>每个输出像元的运算次数，MEASURE 启用时</translation>
  </message>
  <message>
   <source>Seconds for a million output pixels, where MEASURE is on</source>
   <translation>每百万输出像元的秒数，MEASURE 启用时</translation>
  </message>
  <message>
   <source>Most memory in MiB, where MEASURE is on</source>
   <translation>最大内存（MiB），MEASURE 启用时</translation>
  </message>
  <message>
   <source>Side of the receptive field in output pixels, where MEASURE is on</source>
   <translation>感受野边长（输出像元），MEASURE 启用时</translation>
  </message>
  <message>
   <source>%1: %2; scaling: %3; %4</source>
   <translation>%1：%2；缩放：%3；%4</translation>
  </message>
  <message>
   <source>Network information</source>
   <translation>网络信息</translation>
  </message>
  <message>
   <source>%1 s, %2 threads, network alone</source>
   <translation>%1 s，%2 个线程，仅网络</translation>
  </message>
  <message>
   <source>the pixel size ratio, a number</source>
   <translation>像元大小比，一个数</translation>
  </message>
  <message>
   <source>any number of bands</source>
   <translation>波段数不限</translation>
  </message>
  <message>
   <source>Measure what the network costs on this computer</source>
   <translation>测量网络在本机上的开销</translation>
  </message>
  <message>
   <source>Operations per output pixel, weights, size, time for a million pixels, memory, and how far it sees. It takes some seconds, and up to five minutes for a large network.</source>
   <translation>每个输出像元的运算次数、权重数、大小、每百万像元的时间、内存，以及感受野的大小。需要数秒，大型网络最多五分钟。</translation>
  </message>
  <message>
   <source>The network is being measured with tiles of noise.</source>
   <translation>正在用噪声分块测量网络。</translation>
  </message>
  <message>
   <source>Weights in the graph</source>
   <translation>图中的权重数</translation>
  </message>
  <message>
   <source>Pixel size ratio</source>
   <translation>像元大小比</translation>
  </message>
  <message>
   <source>%1 to %2</source>
   <translation>%1 至 %2</translation>
  </message>
  <message>
   <source>Largest shift</source>
   <translation>最大偏移</translation>
  </message>
  <message>
   <source>%1 output pixels</source>
   <translation>%1 输出像元</translation>
  </message>
  <message>
   <source>Context (halo)</source>
   <translation>上下文范围（halo）</translation>
  </message>
  <message>
   <source>Training data</source>
   <translation>训练数据</translation>
  </message>
  <message>
   <source>Terms of the data</source>
   <translation>数据的使用条款</translation>
  </message>
  <message>
   <source>The card as a page for the browser. Empty: the log only.</source>
   <translation>模型卡，为可在浏览器中打开的网页。留空：仅写入日志。</translation>
  </message>
  <message>
   <source>FLOP per output pixel</source>
   <translation>每个输出像元的 FLOP</translation>
  </message>
  <message>
   <source>%1, counted with the bands %2</source>
   <translation>%1，按波段数 %2 计算</translation>
  </message>
  <message>
   <source>Time per million pixels</source>
   <translation>每百万像元的时间</translation>
  </message>
  <message>
   <source>Peak memory</source>
   <translation>峰值内存</translation>
  </message>
  <message>
   <source>Receptive field</source>
   <translation>感受野</translation>
  </message>
  <message>
   <source>Input %1</source>
   <translation>输入 %1</translation>
  </message>
  <message>
   <source>Output %1</source>
   <translation>输出 %1</translation>
  </message>
  <message>
   <source>FLOP per pixel, %1 bands</source>
   <translation>每个像元的 FLOP，%1 个波段</translation>
  </message>
  <message>
   <source>Quality: %1</source>
   <translation>质量：%1</translation>
  </message>
  <message>
   <source>like %1</source>
   <translation>与 %1 相同</translation>
  </message>
  <message>
   <source>own bands</source>
   <translation>自有波段</translation>
  </message>
  <message>
   <source>Products (*.zip *.xml *.ZIP *.XML);;All files (*)</source>
   <translation>产品 (*.zip *.xml *.ZIP *.XML);;所有文件 (*)</translation>
  </message>
  <message>
   <source>If the rasters are not aligned</source>
   <translation>栅格未对齐时</translation>
  </message>
  <message>
   <source>A network shipped with the plugin or from your own folder of networks (%1). In scripts and on the command line also the path of an .onnx file.</source>
   <translation>插件自带的网络，或用户网络文件夹（%1）中的网络。在脚本和命令行中也可以是 .onnx 文件的路径。</translation>
  </message>
  <message>
   <source>Own network file (instead of the network above)</source>
   <translation>自备网络文件（替代上面的网络）</translation>
  </message>
  <message>
   <source>An .onnx file with a model card inside, or with its card as .json beside.</source>
   <translation>内含模型卡的 .onnx 文件，或旁边有 .json 模型卡的 .onnx 文件。</translation>
  </message>
  <message>
   <source>HTML files (*.html)</source>
   <translation>HTML 文件 (*.html)</translation>
  </message>
  <message>
   <source>Threads (0 = all cores)</source>
   <translation>线程数（0 = 全部核心）</translation>
  </message>
  <message>
   <source>Nodata value</source>
   <translation>无数据值</translation>
  </message>
  <message>
   <source>Creation options</source>
   <translation>创建选项</translation>
  </message>
  <message>
   <source>Any raster format that GDAL can write and that holds the values, by the file name's ending. All results appear together when they are complete.</source>
   <translation>GDAL 可写入且能容纳这些值的任意栅格格式，由文件扩展名决定。全部结果完成后一并出现。</translation>
  </message>
  <message>
   <source>as computed</source>
   <translation>按计算结果</translation>
  </message>
  <message>
   <source>%1 is '%2', but one of these is expected: %3.</source>
   <translation>%1 为 '%2'，但应为以下之一：%3。</translation>
  </message>
  <message>
   <source>The headers are compared and the shift between the images is measured. warn: follow the georeferencing, by interpolation at true positions or by reprojection from another CRS, and warn of what is off. correct: the same, and also undo a measured shift that is sure and more than the method bears, and warp a rotated grid. fail: stop unless the grids nest and the images are as well aligned as the fusion needs. Rasters that cannot be brought together at all always stop the run.</source>
   <translation>比较各栅格的头信息，并测量影像间的偏移。warn：按地理参考处理，在真实位置上插值或从其他 CRS 重投影，并对偏差发出警告。correct：同上，并改正可靠且超出方法承受限度的测得偏移，对旋转的格网作变形校正。fail：除非格网嵌套且影像的对齐程度满足融合要求，否则停止运行。完全无法归到一起的栅格总会使运行停止。</translation>
  </message>
  <message>
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: %1.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：%1。</translation>
  </message>
  <message>
   <source>Tile size (pixels; 0 = from the memory)</source>
   <translation>分块大小（像元；0 = 由内存决定）</translation>
  </message>
  <message>
   <source>Edge of one tile of the output. The result does not depend on it.</source>
   <translation>输出的一个分块的边长。结果与此无关。</translation>
  </message>
  <message>
   <source>Memory for one tile (MB)</source>
   <translation>单个分块的内存（MB）</translation>
  </message>
  <message>
   <source>Decides how large the tiles are. The run as a whole takes two to three times as much, whatever the size of the rasters.</source>
   <translation>决定分块的大小。整个运行占用其两至三倍，与栅格大小无关。</translation>
  </message>
  <message>
   <source>Processor threads that the network may use.</source>
   <translation>网络可使用的处理器线程数。</translation>
  </message>
  <message>
   <source>auto: the best one that works here, and the log says which. Any other: that one or an error.</source>
   <translation>auto：此处可用的最佳设备，日志会注明是哪一个。其他选项：只用该设备，否则报错。</translation>
  </message>
  <message>
   <source>Data type</source>
   <translation>数据类型</translation>
  </message>
  <message>
   <source>Whole-number types are rounded to the nearest value and clipped to what the type can hold. A warning says how many values were clipped.</source>
   <translation>整数类型取最接近的值，并截断到该类型可容纳的范围。由警告说明被截断的值有多少。</translation>
  </message>
  <message>
   <source>Value of pixels without data. Empty: that of the input whose bands the output has. A valid pixel never gets this value.</source>
   <translation>无数据像元的值。留空：采用提供输出波段的那个输入的无数据值。有效像元不会取到该值。</translation>
  </message>
  <message>
   <source>GTiff is tiled and compressed; COG is made for the cloud; by file name: GDAL's format for the ending.</source>
   <translation>GTiff 分块存储并压缩；COG 适合云端使用；by file name：按扩展名采用 GDAL 的格式。</translation>
  </message>
  <message>
   <source>Options of the GDAL driver, separated by | or blanks, for example COMPRESS=ZSTD|PREDICTOR=2. An option that the driver does not have is refused.</source>
   <translation>GDAL 驱动的选项，以 | 或空格分隔，例如 COMPRESS=ZSTD|PREDICTOR=2。驱动没有的选项会被拒绝。</translation>
  </message>
  <message>
   <source>rsfusion (deep fusion of raster layers)</source>
   <translation>rsfusion（栅格图层深度融合）</translation>
  </message>
  <message>
   <source>The simplest that suffices</source>
   <translation>够用的最简单方法</translation>
  </message>
  <message>
   <source>Shift, rotation and scale</source>
   <translation>平移、旋转和缩放</translation>
  </message>
  <message>
   <source>Affine: also sheared</source>
   <translation>仿射：还包括剪切</translation>
  </message>
  <message>
   <source>Thin plate spline</source>
   <translation>薄板样条</translation>
  </message>
  <message>
   <source>Secondary raster</source>
   <translation>待配准栅格</translation>
  </message>
  <message>
   <source>The raster that lies where it should.</source>
   <translation>位置正确的栅格。</translation>
  </message>
  <message>
   <source>Largest shift to look for (reference pixels)</source>
   <translation>最大搜索偏移（参考栅格像元）</translation>
  </message>
  <message>
   <source>Shift that counts as aligned (reference pixels)</source>
   <translation>视为对齐的偏移（参考栅格像元）</translation>
  </message>
  <message>
   <source>Chips along the longer side</source>
   <translation>沿长边的匹配窗口数</translation>
  </message>
  <message>
   <source>Resample onto the grid of the reference</source>
   <translation>重采样到参考栅格的格网</translation>
  </message>
  <message>
   <source>Bands to compare by. Empty: the structure of all bands.</source>
   <translation>用于比较的波段。留空：所有波段的结构。</translation>
  </message>
  <message>
   <source>Bands of the reference</source>
   <translation>参考栅格的波段</translation>
  </message>
  <message>
   <source>Length of the global shift up to which the rasters count as aligned.</source>
   <translation>全局偏移的长度不超过此值时，栅格视为对齐。</translation>
  </message>
  <message>
   <source>best: the simplest of the others whose error on places left out of its fit is not clearly larger than the smallest. shift: moved as a whole. similarity: also turned and stretched. affine: also sheared. These leave the pixels as they are. polynomial: warped by a polynomial through the places that agree. tps: by a thin plate spline through each of them, for images of one kind and strong local distortion.</source>
   <translation>best：在未参与拟合的位置上，误差并不明显大于最小误差的其他选项中最简单的一个。shift：整体移动。similarity：另加旋转和缩放。affine：另加切变。这三者都不改变像元。polynomial：用多项式按相符的位置作变形校正。tps：用薄板样条按每个相符的位置作变形校正，适用于同类影像和较强的局部变形。</translation>
  </message>
  <message>
   <source>The result gets the pixel size of the reference and pixels that coincide with the reference's, over the area that both cover. Needed where the rasters have no georeferencing.</source>
   <translation>结果采用参考栅格的像元大小，像元与参考栅格重合，范围为两者的公共区域。栅格没有地理参考时需要此项。</translation>
  </message>
  <message>
   <source>%1 is '%2', but a number %3 is expected.</source>
   <translation>%1 为 '%2'，但应为%3 的数。</translation>
  </message>
  <message>
   <source>%1 is '%2', but band numbers from 1 on are expected, separated by semicolons.</source>
   <translation>%1 为 '%2'，但应为从 1 起的波段编号，以分号分隔。</translation>
  </message>
  <message>
   <source>Bands of the secondary</source>
   <translation>待配准栅格的波段</translation>
  </message>
  <message>
   <source>Empty: found by itself, to 5 % of the image or 100 pixels, and farther where the best match lies at the edge. A shift beyond it is not found, and is reported as uncertain. Rotation to 5 degrees, scale to 3 % and shear are looked for, too, where the rasters do not simply lie a few pixels apart.</source>
   <translation>留空：自动确定，至影像的 5% 或 100 像元，若最佳匹配位于边缘则搜索更远。超出此范围的偏移无法找到，并报告为不确定。若两个栅格并非只相差几个像元，还会搜索至多 5 度的旋转、至多 3% 的缩放以及切变。</translation>
  </message>
  <message>
   <source>How many places are compared. More take longer and tell more about local distortion; small rasters get fewer, so that neighbours overlap by half at most.</source>
   <translation>比较多少个位置。越多则耗时越长，但更能反映局部变形；小栅格取得较少，使相邻窗口最多重叠一半。</translation>
  </message>
  <message>
   <source>How pixels are computed anew where the correction or the grid needs it; nearest for classes.</source>
   <translation>改正或格网需要时重新计算像元的方法；类别数据用 nearest。</translation>
  </message>
  <message>
   <source>of at least %1</source>
   <translation>不小于 %1</translation>
  </message>
  <message>
   <source>The raster that is compared with the reference; its pixels may be up to 16 times larger.</source>
   <translation>与参考栅格比较的栅格；其像元最多可大 16 倍。</translation>
  </message>
  <message>
   <source>The Python package onnxruntime, which runs the networks, was not found; %1</source>
   <translation>未找到运行网络的 Python 包 onnxruntime；%1</translation>
  </message>
  <message>
   <source>Training samples</source>
   <translation>训练样本</translation>
  </message>
  <message>
   <source>Texts, or whole numbers. Features without a value are left out.</source>
   <translation>文本或整数。无值的要素不参与。</translation>
  </message>
  <message>
   <source>What is to be estimated. Features without a value are left out.</source>
   <translation>要估计的量。没有值的要素不计入。</translation>
  </message>
  <message>
   <source>One band of class codes; 0 and nodata: unlabelled. Connected pixels of one code are a region.</source>
   <translation>单波段类别代码；0 和无数据：未标记。代码相同的相连像元为一个区域。</translation>
  </message>
  <message>
   <source>One band of what is to be estimated, such as canopy heights from LiDAR over a part of the area.</source>
   <translation>要估计的量的一个波段，例如覆盖部分区域的 LiDAR 冠层高度。</translation>
  </message>
  <message>
   <source>%1: polygons or points</source>
   <translation>%1：多边形或点</translation>
  </message>
  <message>
   <source>Field of %1 with the %2</source>
   <translation>%1 中表示%2的字段</translation>
  </message>
  <message>
   <source>%1 as a raster (instead of %2)</source>
   <translation>栅格形式的%1（替代 %2）</translation>
  </message>
  <message>
   <source>Any CRS. A polygon gives the pixels whose centres lie inside it, a point the pixel that it falls in; each feature is kept together as one region.</source>
   <translation>任意 CRS。多边形取中心落在其内的像元，点取其所在的像元；每个要素作为一个区域，不会拆开。</translation>
  </message>
  <message>
   <source>both are given</source>
   <translation>两者都给出了</translation>
  </message>
  <message>
   <source>neither is given</source>
   <translation>两者都未给出</translation>
  </message>
  <message>
   <source>%1 is '%2', which QGIS cannot open as a vector layer; give an existing layer or file of polygons or points.</source>
   <translation>%1 为 '%2'，QGIS 无法将其作为矢量图层打开；请提供已有的多边形或点图层或文件。</translation>
  </message>
  <message>
   <source>%1 is empty; name the field of %2 with the %3, one of: %4.</source>
   <translation>%1 为空；请指定 %2 中表示%3的字段，为以下之一：%4。</translation>
  </message>
  <message>
   <source>%1: %2 has no field '%3'%4; its fields%5 are: %6.</source>
   <translation>%1：%2 没有字段 '%3'%4；其字段%5为：%6。</translation>
  </message>
  <message>
   <source>%1 has no features; choose another layer, or select some where only selected ones are used.</source>
   <translation>%1 没有要素；请选择其他图层，若仅使用所选要素，则请选中一些。</translation>
  </message>
  <message>
   <source>%1 and %2: %3; expected one of them, so give either polygons or points</source>
   <translation>%1 和 %2：%3；应给出其中之一，因此请给出以下之一：</translation>
  </message>
  <message>
   <source>with a field of numbers, or a raster of them.</source>
   <translation>带数值字段的多边形或点，或数值栅格。</translation>
  </message>
  <message>
   <source>with a field of classes, or a raster of class codes.</source>
   <translation>带类别字段的多边形或点，或类别代码栅格。</translation>
  </message>
  <message>
   <source>of numbers</source>
   <translation>（数值型）</translation>
  </message>
  <message>
   <source>Settings &gt; Options &gt; Processing &gt; RS Fusion</source>
   <translation>设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion</translation>
  </message>
  <message>
   <source>RS Fusion</source>
   <translation>RS Fusion</translation>
  </message>
  <message>
   <source>What each algorithm proposes</source>
   <translation>采用各算法建议的值</translation>
  </message>
  <message>
   <source>The Python that QGIS runs on</source>
   <translation>运行 QGIS 的 Python</translation>
  </message>
  <message>
   <source>What new dialogs propose</source>
   <translation>新对话框的默认值</translation>
  </message>
  <message>
   <source>Networks (.onnx) in this folder are listed in all dialogs.</source>
   <translation>此文件夹中的网络（.onnx）会列在所有对话框中。</translation>
  </message>
  <message>
   <source>auto: the best one that works here. Any other: that one, or an error.</source>
   <translation>auto：此处可用的最佳设备。其他选项：只用该设备，否则报错。</translation>
  </message>
  <message>
   <source>Memory for one tile</source>
   <translation>单个分块的内存</translation>
  </message>
  <message>
   <source>A larger number gives larger tiles. Results do not depend on it.</source>
   <translation>数值越大，分块越大。结果与此无关。</translation>
  </message>
  <message>
   <source>An interpreter that has torch. Networks are trained in it.</source>
   <translation>装有 torch 的解释器。网络在其中训练。</translation>
  </message>
  <message>
   <source>Check and install…</source>
   <translation>检查并安装…</translation>
  </message>
  <message>
   <source>ONNX Runtime is there, so networks can run.</source>
   <translation>已有 ONNX Runtime，因此可以运行网络。</translation>
  </message>
  <message>
   <source>your own</source>
   <translation>用户</translation>
  </message>
  <message>
   <source>Task, or what is wrong with it</source>
   <translation>任务，或其存在的问题</translation>
  </message>
  <message>
   <source>Number of tiles</source>
   <translation>分块数</translation>
  </message>
  <message>
   <source>Seconds that the run took</source>
   <translation>运行耗时（秒）</translation>
  </message>
  <message>
   <source>Number of warnings about the rasters</source>
   <translation>栅格检查的警告数</translation>
  </message>
  <message>
   <source>ONNX Runtime provider that did the work</source>
   <translation>执行计算的 ONNX Runtime 提供程序</translation>
  </message>
  <message>
   <source>ONNX networks (*.onnx)</source>
   <translation>ONNX 网络 (*.onnx)</translation>
  </message>
  <message>
   <source>Number of training steps</source>
   <translation>训练步数</translation>
  </message>
  <message>
   <source>Processor threads that the training may use.</source>
   <translation>训练可使用的处理器线程数。</translation>
  </message>
  <message>
   <source>MODEL: '%1' is a network for %2; expected one for %3.</source>
   <translation>MODEL：'%1' 是用于 %2 的网络；应为用于 %3 的网络。</translation>
  </message>
  <message>
   <source>No raster is given; expected one or more of %1, so name at least one of them.</source>
   <translation>未给出栅格；应给出 %1 中的一个或多个，因此请至少指定其中一个。</translation>
  </message>
  <message>
   <source>python3 -m pip install torch onnx onnxruntime scipy</source>
   <translation>python3 -m pip install torch onnx onnxruntime scipy</translation>
  </message>
  <message>
   <source>nothing was said, exit code %1</source>
   <translation>没有输出，退出代码 %1</translation>
  </message>
  <message>
   <source>ModuleNotFoundError: No module named</source>
   <translation>ModuleNotFoundError: No module named</translation>
  </message>
  <message>
   <source>The Python package %1, which training needs, was not found by %2; install it with the line %3, or name another Python in %4.</source>
   <translation>%2 未找到训练所需的 Python 包 %1；请用命令 %3 安装，或在 %4 中指定其他 Python。</translation>
  </message>
  <message>
   <source>The training stopped: %1</source>
   <translation>训练已停止：%1</translation>
  </message>
  <message>
   <source>No Python interpreter was found for training; name one that has torch in %1.</source>
   <translation>未找到用于训练的 Python 解释器；请在 %1 中指定装有 torch 的解释器。</translation>
  </message>
  <message>
   <source>The Python for training is set to '%1', but there is no such file; correct it in %2.</source>
   <translation>训练用的 Python 设为 '%1'，但没有这个文件；请在 %2 中改正。</translation>
  </message>
  <message>
   <source>The folder for temporary files cannot be written (%1); free some space there, or set TMPDIR to another folder.</source>
   <translation>无法写入临时文件夹（%1）；请在该处腾出空间，或将 TMPDIR 设为其他文件夹。</translation>
  </message>
  <message>
   <source>MODEL is '%1', but the networks found here are: %2; choose one of them, give the path of an .onnx file, or put the file into the folder %3.</source>
   <translation>MODEL 为 '%1'，但此处找到的网络有：%2；请选择其中之一，给出 .onnx 文件的路径，或将文件放入文件夹 %3。</translation>
  </message>
  <message>
   <source>No network is given, but %1 needs one; give the .onnx file that a training wrote as MODEL_FILE, or put it into the folder %2.</source>
   <translation>未给出网络，但 %1 需要网络；请将训练写出的 .onnx 文件作为 MODEL_FILE 给出，或将其放入文件夹 %2。</translation>
  </message>
  <message>
   <source>Puts a network into your own folder of networks, so that all dialogs list it under MODEL. Its card must be in the file or beside it, as .json with the same name. The network is opened first, within limits of time and memory. One that does not work is refused, and nothing is copied.</source>
   <translation>将网络放入用户网络文件夹，使所有对话框在 MODEL 中列出它。其模型卡须在文件内，或为旁边的同名 .json 文件。添加前先在限定的时间和内存内打开网络。不能工作的网络会被拒绝，且不复制任何文件。</translation>
  </message>
  <message>
   <source>The folder is set in %1.</source>
   <translation>该文件夹在“%1”中设定。</translation>
  </message>
  <message>
   <source>Deletes a network, and the card beside it, from your own folder of networks. The networks that come with the plugin cannot be removed.</source>
   <translation>从用户网络文件夹中删除网络及其旁边的模型卡。插件自带的网络不能移除。</translation>
  </message>
  <message>
   <source>Add a network</source>
   <translation>添加网络</translation>
  </message>
  <message>
   <source>Remove a network</source>
   <translation>移除网络</translation>
  </message>
  <message>
   <source>Name in the list (empty: that of the file)</source>
   <translation>列表中的名称（留空：采用文件名）</translation>
  </message>
  <message>
   <source>Replace a network of this name</source>
   <translation>替换同名网络</translation>
  </message>
  <message>
   <source>The network is in the list as %1: %2</source>
   <translation>网络已列入列表，名称为 %1：%2</translation>
  </message>
  <message>
   <source>%1 is '%2', but letters, digits, underscores and hyphens are expected, at most 100; choose another name.</source>
   <translation>%1 为 '%2'，但应为字母、数字、下划线和连字符，最多 100 个；请选择其他名称。</translation>
  </message>
  <message>
   <source>Your folder of networks has a network named %1 already; choose another %2, or set %3.</source>
   <translation>用户网络文件夹中已有名为 %1 的网络；请选择其他 %2，或启用 %3。</translation>
  </message>
  <message>
   <source>Deleted: %1</source>
   <translation>已删除：%1</translation>
  </message>
  <message>
   <source>An .onnx file with its card.</source>
   <translation>带模型卡的 .onnx 文件。</translation>
  </message>
  <message>
   <source>Otherwise a network of this name in your folder is left alone.</source>
   <translation>否则不改动文件夹中的同名网络。</translation>
  </message>
  <message>
   <source>Path of the copy</source>
   <translation>副本的路径</translation>
  </message>
  <message>
   <source>The network was not tried. %1</source>
   <translation>未试运行该网络。%1</translation>
  </message>
  <message>
   <source>%1 lies in your folder of networks already, so it is in the list as %2.</source>
   <translation>%1 已在用户网络文件夹中，因此已列入列表，名称为 %2。</translation>
  </message>
  <message>
   <source>One of your own networks.</source>
   <translation>用户网络文件夹中的一个网络。</translation>
  </message>
  <message>
   <source>Path of the file that was deleted</source>
   <translation>已删除文件的路径</translation>
  </message>
  <message>
   <source>comes with the plugin and cannot be removed</source>
   <translation>为插件自带，不能移除</translation>
  </message>
  <message>
   <source>is not in your folder</source>
   <translation>不在用户网络文件夹中</translation>
  </message>
  <message>
   <source>none, since your folder is empty</source>
   <translation>空，因为用户网络文件夹为空</translation>
  </message>
  <message>
   <source>%1 is '%2', which %3; expected %4.</source>
   <translation>%1 为 '%2'，它%3；应为%4。</translation>
  </message>
  <message>
   <source>The network '%1' cannot be deleted (%2).</source>
   <translation>无法删除网络 '%1'（%2）。</translation>
  </message>
  <message>
   <source>'%1' cannot be written (%2); free some space there.</source>
   <translation>无法写入 '%1'（%2）；请在该处腾出空间。</translation>
  </message>
  <message>
   <source>The task in '%1' cannot be used (%2: %3); correct it, or take it away.</source>
   <translation>'%1' 中的任务无法使用（%2：%3）；请改正，或将其移走。</translation>
  </message>
  <message>
   <source>the id %1</source>
   <translation>标识符 %1</translation>
  </message>
  <message>
   <source>a package named %1 was loaded from '%2' before</source>
   <translation>此前已从 '%2' 加载名为 %1 的包</translation>
  </message>
  <message>
   <source>TASK is a %1, expected a Task</source>
   <translation>TASK 为 %1，应为 Task</translation>
  </message>
  <message>
   <source>the name %1 in cards</source>
   <translation>模型卡中的名称 %1</translation>
  </message>
  <message>
   <source>the algorithm %1</source>
   <translation>算法 %1</translation>
  </message>
  <message>
   <source>%1 is that of the task %2</source>
   <translation>%1 已属于任务 %2</translation>
  </message>
  <message>
   <source>METHOD is forest, which learns from SAR, but SAR is not given; name a Sentinel-1 raster, or choose another METHOD.</source>
   <translation>METHOD 为 forest，它从 SAR 学习，但未给出 SAR；请指定 Sentinel-1 栅格，或选择其他 METHOD。</translation>
  </message>
  <message>
   <source>METHOD is reference, but CLEARREFERENCE is not given; name one or several clear images, or choose another METHOD.</source>
   <translation>METHOD 为 reference，但未给出 CLEARREFERENCE；请指定一幅或多幅晴空影像，或选择其他 METHOD。</translation>
  </message>
  <message>
   <source>Clear pixels of the scene teach no forest, since %1; for a somewhat better result %2</source>
   <translation>不从本景影像的晴空像元建立随机森林，因为%1；若要结果略好，%2</translation>
  </message>
  <message>
   <source>scene</source>
   <translation>影像</translation>
  </message>
  <message>
   <source>Under simulated clouds on %1 clear pixels the mean absolute errors are: %2</source>
   <translation>在 %1 个晴空像元的模拟云下，平均绝对误差为：%2</translation>
  </message>
  <message>
   <source>%1 is used</source>
   <translation>采用 %1</translation>
  </message>
  <message>
   <source>with a weight of %1 % for the forest</source>
   <translation>其中随机森林的权重为 %1%</translation>
  </message>
  <message>
   <source>methods</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>so the network works alone</source>
   <translation>因此仅由网络处理</translation>
  </message>
  <message>
   <source>so no forest is grown</source>
   <translation>因此不建立随机森林</translation>
  </message>
  <message>
   <source>%1 is off, %2</source>
   <translation>%1 为 off，%2</translation>
  </message>
  <message>
   <source>SAR is not given, by which clear pixels could teach</source>
   <translation>未给出可供晴空像元学习的 SAR</translation>
  </message>
  <message>
   <source>give it</source>
   <translation>请给出</translation>
  </message>
  <message>
   <source>CLEARREFERENCE is given, so the network works alone; %1=on averages all the same</source>
   <translation>已给出 CLEARREFERENCE，因此仅由网络处理；%1=on 则仍取平均</translation>
  </message>
  <message>
   <source>%1 is on</source>
   <translation>%1 为 on</translation>
  </message>
  <message>
   <source>METHOD is forest</source>
   <translation>METHOD 为 forest</translation>
  </message>
  <message>
   <source>%1, but %2; %3, or set %4 to auto and METHOD to another one.</source>
   <translation>%1，但%2；%3，或将 %4 设为 auto 并选择其他 METHOD。</translation>
  </message>
  <message>
   <source>METHOD is forest, but %1 is off; set it to auto, or choose another METHOD.</source>
   <translation>METHOD 为 forest，但 %1 为 off；请将其设为 auto，或选择其他 METHOD。</translation>
  </message>
  <message>
   <source>averaged with the network</source>
   <translation>与网络取平均</translation>
  </message>
  <message>
   <source>where the network gives no band</source>
   <translation>（用于网络未给出波段处）</translation>
  </message>
  <message>
   <source>run %1</source>
   <translation>请运行 %1</translation>
  </message>
  <message>
   <source>thin cloud</source>
   <translation>薄云</translation>
  </message>
  <message>
   <source>%1 % of the pixels are under the mask</source>
   <translation>%1% 的像元在掩膜之下</translation>
  </message>
  <message>
   <source>clouds</source>
   <translation>云</translation>
  </message>
  <message>
   <source>No pixel is under the mask, so the result equals OPTICAL</source>
   <translation>没有像元在掩膜之下，因此结果与 OPTICAL 相同</translation>
  </message>
  <message>
   <source>no clear pixel shows what the ground looks like, so trust the result little</source>
   <translation>没有晴空像元能说明地面的样子，因此结果可信度很低</translation>
  </message>
  <message>
   <source>%1 and %2</source>
   <translation>%1 和 %2</translation>
  </message>
  <message>
   <source>clouds and shadows</source>
   <translation>云和阴影</translation>
  </message>
  <message>
   <source>UNCERTAINTY is wished, but MODEL '%1' gives none; leave it empty, or choose a network that has an output 'sigma', or METHOD auto.</source>
   <translation>要求给出 UNCERTAINTY，但 MODEL '%1' 不提供；请将其留空，或选择具有输出 'sigma' 的网络，或将 METHOD 选为 auto。</translation>
  </message>
  <message>
   <source>sigma of %1</source>
   <translation>%1 的 sigma</translation>
  </message>
  <message>
   <source>forest and mean</source>
   <translation>随机森林与均值</translation>
  </message>
  <message>
   <source>reference and SAR</source>
   <translation>参考与 SAR</translation>
  </message>
  <message>
   <source>Cloud removal</source>
   <translation>去云</translation>
  </message>
  <message>
   <source>%1 holds %2 and does not declare it as no data; it is taken for that</source>
   <translation>%1 含有 %2，但未将其声明为无数据；按无数据处理</translation>
  </message>
  <message>
   <source>%1 holds %2 different values from %3 to %4, perhaps a probability, and CLOUD_VALUES names %5; %6.</source>
   <translation>%1 含有 %3 至 %4 的 %2 个不同值，可能是概率，而 CLOUD_VALUES 指定了 %5；%6。</translation>
  </message>
  <message>
   <source>declare it as the nodata value if that is right (gdal_edit.py -a_nodata)</source>
   <translation>如果确实如此，请将其声明为无数据值（gdal_edit.py -a_nodata）</translation>
  </message>
  <message>
   <source>CLOUD_VALUES (%1) means no value of %2, which holds %3</source>
   <translation>CLOUD_VALUES（%1）不对应 %2 的任何值，其值为 %3</translation>
  </message>
  <message>
   <source>%1 holds the values %2, of which 1 alone is taken for cloud</source>
   <translation>%1 的值为 %2，其中只有 1 被视为云</translation>
  </message>
  <message>
   <source>%1 is read as %2; CLOUD_VALUES says otherwise if you set it</source>
   <translation>%1 按 %2 读取；设置 CLOUD_VALUES 可另行指定</translation>
  </message>
  <message>
   <source>rules find the clouds, since %1</source>
   <translation>由规则检测云，因为%1</translation>
  </message>
  <message>
   <source>a network finds the clouds</source>
   <translation>由网络检测云</translation>
  </message>
  <message>
   <source>No CLOUDMASK is given: %1</source>
   <translation>未给出 CLOUDMASK：%1</translation>
  </message>
  <message>
   <source>its unit is not sure.</source>
   <translation>其单位不确定。</translation>
  </message>
  <message>
   <source>Clouds in %1 are not looked for: %2</source>
   <translation>不在 %1 中检测云：%2</translation>
  </message>
  <message>
   <source>The unit of %1 is not known, so UNCERTAINTY is in its stored units (%2)</source>
   <translation>%1 的单位未知，因此 UNCERTAINTY 采用其存储单位（%2）</translation>
  </message>
  <message>
   <source>its pixels are %1 m, and about 10 m are expected</source>
   <translation>其像元为 %1 m，而应约为 10 m</translation>
  </message>
  <message>
   <source>the Python package onnxruntime is not installed</source>
   <translation>未安装 Python 包 onnxruntime</translation>
  </message>
  <message>
   <source>%1 are missing</source>
   <translation>缺少 %1</translation>
  </message>
  <message>
   <source>%1 is missing</source>
   <translation>缺少 %1</translation>
  </message>
  <message>
   <source>MODEL '%1' takes no optical raster of the result's pixels, or gives no '%2'; choose a network made for cloud removal.</source>
   <translation>MODEL '%1' 不接受与结果像元一致的光学栅格，或不输出 '%2'；请选择用于去云的网络。</translation>
  </message>
  <message>
   <source>The unit of OPTICAL is not known; a network needs reflectance, so give SCALE and OFFSET.</source>
   <translation>OPTICAL 的单位未知；网络需要反射率，因此请给出 SCALE 和 OFFSET。</translation>
  </message>
  <message>
   <source>Replacing the clouds</source>
   <translation>正在替换云</translation>
  </message>
  <message>
   <source>%1 clear pixels of the scene taught what lies under the clouds</source>
   <translation>从本景影像的 %1 个晴空像元学习了云下的内容</translation>
  </message>
  <message>
   <source>that and the network's own estimate are averaged</source>
   <translation>将其与网络自身的估计取平均</translation>
  </message>
  <message>
   <source>CLEARREFERENCE is given, from which more can be learned</source>
   <translation>已给出 CLEARREFERENCE，可从中学到更多</translation>
  </message>
  <message>
   <source>No network takes part: %1</source>
   <translation>不使用网络：%1</translation>
  </message>
  <message>
   <source>%1 clear pixels are too few to learn from, %2</source>
   <translation>%1 个晴空像元太少，无法学习，%2</translation>
  </message>
  <message>
   <source>found out</source>
   <translation>自动判断</translation>
  </message>
  <message>
   <source>Values of the mask that mean cloud or shadow</source>
   <translation>掩膜中表示云或阴影的值</translation>
  </message>
  <message>
   <source>Learn from this scene's clear pixels, too</source>
   <translation>同时从本景影像的晴空像元学习</translation>
  </message>
  <message>
   <source>A forest learns from the clear pixels what lies under SAR and clear images like theirs. off: no forest is grown. Needs the Python package scikit-learn. With METHOD network, both estimates are averaged where SAR is given and CLEARREFERENCE is not, or where it is on. The log says what was done.</source>
   <translation>随机森林从晴空像元学习，在类似的 SAR 和晴空影像之下是什么。off：不建立随机森林。需要 Python 包 scikit-learn。METHOD 为 network 时，若给出 SAR 而未给出 CLEARREFERENCE，或此项为 on，则将两种估计取平均。日志会说明所做的处理。</translation>
  </message>
  <message>
   <source>Blending (pixels)</source>
   <translation>过渡融合（像元）</translation>
  </message>
  <message>
   <source>Clear pixels so near to the mask are blended with what replaces the clouds; all others stay exactly as they are.</source>
   <translation>距掩膜这么近的晴空像元与替换云的内容过渡融合；其他像元完全保持不变。</translation>
  </message>
  <message>
   <source>Replace clear pixels, too</source>
   <translation>同时替换晴空像元</translation>
  </message>
  <message>
   <source>The estimate everywhere, not only under the mask.</source>
   <translation>处处采用估计值，而不仅限于掩膜之下。</translation>
  </message>
  <message>
   <source>Replace uncertain pixels, too</source>
   <translation>同时替换不确定的像元</translation>
  </message>
  <message>
   <source>Pixels of which the mask does not say whether they are clear are left as they are, and nothing is learned from them. With this they are replaced.</source>
   <translation>掩膜未说明是否晴空的像元保持不变，也不从中学习。启用此项后，这些像元会被替换。</translation>
  </message>
  <message>
   <source>Scale of the optical rasters</source>
   <translation>光学栅格的缩放系数</translation>
  </message>
  <message>
   <source>Stored value of reflectance 1. Empty: from the metadata, or from the values.</source>
   <translation>反射率 1 的存储值。留空：取自元数据，或由数值推断。</translation>
  </message>
  <message>
   <source>Offset of the optical rasters</source>
   <translation>光学栅格的偏置</translation>
  </message>
  <message>
   <source>Added to stored values before the division, -1000 since processing baseline 04.00. Empty: from the metadata, or from the values.</source>
   <translation>在相除之前加到存储值上，自处理基线 04.00 起为 -1000。留空：取自元数据，或由数值推断。</translation>
  </message>
  <message>
   <source>Unit of SAR</source>
   <translation>SAR 的单位</translation>
  </message>
  <message>
   <source>db: decibels, power: linear power (sigma nought), amplitude: its root.</source>
   <translation>db：分贝，power：线性功率（sigma nought），amplitude：其平方根。</translation>
  </message>
  <message>
   <source>Filter the speckle of SAR</source>
   <translation>滤除 SAR 的斑点噪声</translation>
  </message>
  <message>
   <source>By the enhanced Lee filter, 7 x 7 pixels. The shipped networks were trained without it.</source>
   <translation>采用增强 Lee 滤波，7 x 7 像元。插件自带的网络在训练时未作此滤波。</translation>
  </message>
  <message>
   <source>Sentinel-2's scene classification (SCL)</source>
   <translation>Sentinel-2 的场景分类（SCL）</translation>
  </message>
  <message>
   <source>QA60 of Sentinel-2</source>
   <translation>Sentinel-2 的 QA60</translation>
  </message>
  <message>
   <source>QA_PIXEL of Landsat</source>
   <translation>Landsat 的 QA_PIXEL</translation>
  </message>
  <message>
   <source>a cloud probability in per cent</source>
   <translation>以百分比表示的云概率</translation>
  </message>
  <message>
   <source>a cloud probability from 0 to 1</source>
   <translation>0 至 1 的云概率</translation>
  </message>
  <message>
   <source>%1 clear pixels taught the means</source>
   <translation>均值由 %1 个晴空像元学得</translation>
  </message>
  <message>
   <source>%1 the regression on %2</source>
   <translation>对 %2 的回归由 %1 个学得</translation>
  </message>
  <message>
   <source>forests learned from %1.</source>
   <translation>随机森林学自 %1。</translation>
  </message>
  <message>
   <source>No forest was grown.</source>
   <translation>未建立随机森林。</translation>
  </message>
  <message>
   <source>mean absolute error</source>
   <translation>平均绝对误差</translation>
  </message>
  <message>
   <source>% within 1 sigma</source>
   <translation>1 sigma 以内的 %</translation>
  </message>
  <message>
   <source>% within 2 sigma</source>
   <translation>2 sigma 以内的 %</translation>
  </message>
  <message>
   <source>stored units of OPTICAL</source>
   <translation>OPTICAL 的存储单位</translation>
  </message>
  <message>
   <source>averaged with it</source>
   <translation>与其取平均</translation>
  </message>
  <message>
   <source>used alone</source>
   <translation>单独使用</translation>
  </message>
  <message>
   <source>The network is %1; it is not compared here.</source>
   <translation>网络%1；此处不作比较。</translation>
  </message>
  <message>
   <source>error without it (way)</source>
   <translation>不用该输入时的误差（方法）</translation>
  </message>
  <message>
   <source>error with it (way)</source>
   <translation>使用该输入时的误差（方法）</translation>
  </message>
  <message>
   <source>change in %</source>
   <translation>变化（%）</translation>
  </message>
  <message>
   <source>%1 pixels</source>
   <translation>%1 像元</translation>
  </message>
  <message>
   <source>Clouds, and what the clear pixels taught</source>
   <translation>云，以及从晴空像元学到的内容</translation>
  </message>
  <message>
   <source>How good is each way on this scene?</source>
   <translation>各方法在本景影像上表现如何？</translation>
  </message>
  <message>
   <source>The scene's own clouds were put on %1 of its clear pixels, and each way had to find what is under them. Errors are in %2. Of errors with a normal distribution, 68 % lie within one sigma, and 95 % within two.%3</source>
   <translation>将本景影像自身的云置于其 %1 个晴空像元上，由各方法求出云下的内容。误差以 %2 为单位。若误差服从正态分布，则 68% 落在一个 sigma 之内，95% 落在两个 sigma 之内。%3</translation>
  </message>
  <message>
   <source>What did each input give?</source>
   <translation>每项输入带来了什么？</translation>
  </message>
  <message>
   <source>Between a forest and the mean these numbers do not decide. Simulated clouds lie near the pixels that taught, where a forest does better than under the real clouds.</source>
   <translation>在随机森林与均值之间，不由这些数字决定取舍。模拟云紧邻训练像元，随机森林在那里的表现好于真实云层之下。</translation>
  </message>
  <message>
   <source>The scene has no place for simulated clouds, so nothing was compared, and the uncertainty is a guess.</source>
   <translation>本景影像没有可放置模拟云的位置，因此未作比较，不确定性为推测值。</translation>
  </message>
  <message>
   <source>Uncertainty (white: %1)</source>
   <translation>不确定性（白色：%1）</translation>
  </message>
  <message>
   <source>and SAR</source>
   <translation>与 SAR</translation>
  </message>
  <message>
   <source>python3 -m pip install scikit-learn</source>
   <translation>python3 -m pip install scikit-learn</translation>
  </message>
  <message>
   <source>the Python package scikit-learn cannot be imported (%1)</source>
   <translation>无法导入 Python 包 scikit-learn（%1）</translation>
  </message>
  <message>
   <source>the Python package scikit-learn is not installed</source>
   <translation>未安装 Python 包 scikit-learn</translation>
  </message>
  <message>
   <source>Finding clouds, and learning from the clear pixels</source>
   <translation>检测云，并从晴空像元学习</translation>
  </message>
  <message>
   <source>Where the bands of a product come in several rasters. They are interpolated onto the finest grid, on which the result has all bands.</source>
   <translation>用于产品的波段分布在多个栅格中的情形。它们插值到最细的格网上，结果在该格网上包含所有波段。</translation>
  </message>
  <message>
   <source>auto: the best one for what is given. network: MODEL, for Sentinel-2. forest: learns from the scene's clear pixels what SAR says. reference: CLEARREFERENCE matched to OPTICAL by local regression and a forest, joined without a seam. mean: the mean of the clear pixels around, for comparison. Only auto and network use MODEL.</source>
   <translation>auto：针对所给数据的最佳方法。network：MODEL，用于 Sentinel-2。forest：从本景影像的晴空像元学习 SAR 所含的信息。reference：用局部回归和随机森林将 CLEARREFERENCE 匹配到 OPTICAL，无缝拼接。mean：周围晴空像元的均值，供比较。只有 auto 和 network 使用 MODEL。</translation>
  </message>
  <message>
   <source>Remove clouds</source>
   <translation>去云</translation>
  </message>
  <message>
   <source>Replaces clouds and their shadows in an optical image (OPTICAL): Sentinel-2, Landsat or another sensor. Give clear images of earlier or later dates (CLEARREFERENCE), a Sentinel-1 image of about the same time (SAR), or both. METHOD says how. With auto the ways are compared under simulated clouds on the scene's own clear pixels, and the best one is used. Pixels that are not under the mask stay exactly as they are. At its edge both are blended over a few pixels.</source>
   <translation>替换光学影像（OPTICAL）中的云及其阴影：Sentinel-2、Landsat 或其他传感器。请给出较早或较晚日期的晴空影像（CLEARREFERENCE）、时间大致相同的 Sentinel-1 影像（SAR），或两者都给出。METHOD 决定处理方式。选 auto 时，在本景影像的晴空像元上以模拟云比较各种方法，并采用最佳的一种。掩膜以外的像元完全保持不变。在掩膜边缘，两者在数个像元内过渡融合。</translation>
  </message>
  <message>
   <source>CLOUDMASK says where the clouds are. Sentinel-2's SCL and QA60, s2cloudless, Fmask and Landsat's QA_PIXEL are known. For other masks CLOUD_VALUES says which values mean cloud. Without a mask, clouds and shadows are found in OPTICAL itself if it is a Sentinel-2 image.</source>
   <translation>CLOUDMASK 说明云的位置。可识别 Sentinel-2 的 SCL 和 QA60、s2cloudless、Fmask，以及 Landsat 的 QA_PIXEL。对于其他掩膜，由 CLOUD_VALUES 说明哪些值表示云。没有掩膜时，若 OPTICAL 为 Sentinel-2 影像，则从中检测云和阴影。</translation>
  </message>
  <message>
   <source>All bands that come in come out. For Sentinel-2, bands are told by their descriptions or wavelengths, or by their order. Scale and offset come from the metadata, or from the values. SAR may be in decibels, linear power or amplitude. The log and the report say what was used. UNCERTAINTY is the standard deviation of the error, band by band, 0 where nothing was replaced.</source>
   <translation>输入的波段全部输出。对于 Sentinel-2，波段按描述或波长识别，或按顺序识别。缩放系数和偏置取自元数据，或由数值推断。SAR 可为分贝、线性功率或振幅。日志和报告会说明所采用的设定。UNCERTAINTY 为误差的标准差，逐波段给出，未替换处为 0。</translation>
  </message>
  <message>
   <source>cloud removal</source>
   <translation>去云</translation>
  </message>
  <message>
   <source>cloud mask</source>
   <translation>云掩膜</translation>
  </message>
  <message>
   <source>gap filling</source>
   <translation>空缺填补</translation>
  </message>
  <message>
   <source>Optical raster</source>
   <translation>光学栅格</translation>
  </message>
  <message>
   <source>Sentinel-2 (Level-1C or Level-2A), Landsat or another sensor; all bands on one grid.</source>
   <translation>Sentinel-2（Level-1C 或 Level-2A）、Landsat 或其他传感器；所有波段采用同一格网。</translation>
  </message>
  <message>
   <source>Further optical bands of 20 m</source>
   <translation>其他 20 m 光学波段</translation>
  </message>
  <message>
   <source>Further optical bands of 60 m</source>
   <translation>其他 60 m 光学波段</translation>
  </message>
  <message>
   <source>SAR raster (Sentinel-1)</source>
   <translation>SAR 栅格（Sentinel-1）</translation>
  </message>
  <message>
   <source>VV and VH, of about the same time.</source>
   <translation>VV 和 VH，时间大致相同。</translation>
  </message>
  <message>
   <source>Clear images of other dates</source>
   <translation>其他日期的晴空影像</translation>
  </message>
  <message>
   <source>One or several, earlier or later, of any sensor with similar bands. Clouds in Sentinel-2 images are found and left out.</source>
   <translation>一幅或多幅，较早或较晚，来自任意波段相近的传感器。Sentinel-2 影像中的云会被检测出来并剔除。</translation>
  </message>
  <message>
   <source>Cloud mask</source>
   <translation>云掩膜</translation>
  </message>
  <message>
   <source>One band: SCL, QA60, s2cloudless, Fmask, QA_PIXEL, or a mask of which CLOUD_VALUES says what means cloud. Without it clouds and shadows are found in OPTICAL.</source>
   <translation>单波段：SCL、QA60、s2cloudless、Fmask、QA_PIXEL，或由 CLOUD_VALUES 说明哪些值表示云的掩膜。不给出时，从 OPTICAL 中检测云和阴影。</translation>
  </message>
  <message>
   <source>Image without clouds</source>
   <translation>无云影像</translation>
  </message>
  <message>
   <source>Pictures before and after, mask and uncertainty, what was learned from how many pixels, how well each way does under simulated clouds, and what was found about the rasters, as a page for the browser.</source>
   <translation>前后对比图、掩膜和不确定性，从多少像元学到了什么，各方法在模拟云下的表现，以及栅格检查结果，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Standard deviation of the error, reflectance, band by band; 0 where nothing was replaced.</source>
   <translation>误差的标准差，以反射率计，逐波段；未替换处为 0。</translation>
  </message>
  <message>
   <source>Clouds and shadows</source>
   <translation>云和阴影</translation>
  </message>
  <message>
   <source>The mask that was used: 1 = clear, 2 = cloud, or any that is to be replaced in a mask of your own, 3 = thin cloud, 4 = shadow, 5 = uncertain.</source>
   <translation>所采用的掩膜：1 = 晴空，2 = 云，或自备掩膜中任何需替换的部分，3 = 薄云，4 = 阴影，5 = 不确定。</translation>
  </message>
  <message>
   <source>Comparing ways under simulated clouds</source>
   <translation>在模拟云下比较各方法</translation>
  </message>
  <message>
   <source>The best for what is given</source>
   <translation>针对所给数据的最佳方法</translation>
  </message>
  <message>
   <source>Network (Sentinel-2)</source>
   <translation>网络（Sentinel-2）</translation>
  </message>
  <message>
   <source>Forest on SAR, learned on the scene</source>
   <translation>基于 SAR 的随机森林，在本景影像上学习</translation>
  </message>
  <message>
   <source>Mean of the clear pixels around</source>
   <translation>周围晴空像元的均值</translation>
  </message>
  <message>
   <source>Where it can</source>
   <translation>在可行时</translation>
  </message>
  <message>
   <source>Found out from the values</source>
   <translation>由数值推断</translation>
  </message>
  <message>
   <source>Power (linear)</source>
   <translation>功率（线性）</translation>
  </message>
  <message>
   <source>methods for hyperspectral images, for a guide of any number of bands</source>
   <translation>高光谱影像的各种方法，引导影像的波段数不限</translation>
  </message>
  <message>
   <source>%1 names band %2, but %3 has %4 bands; correct it.</source>
   <translation>%1 指定了波段 %2，但 %3 有 %4 个波段；请改正。</translation>
  </message>
  <message>
   <source>%1: all of its %2 bands are called bad, by its metadata or by %3; at least one good band is needed, so correct the list.</source>
   <translation>%1：其全部 %2 个波段均被元数据或 %3 标为坏波段；至少需要一个好波段，因此请改正列表。</translation>
  </message>
  <message>
   <source>%1: found '%2', expected numbers of bands from 1 on, or ranges of them such as 88-104, separated by commas.</source>
   <translation>%1：得到 '%2'，应为从 1 起的波段编号，或编号范围（例如 88-104），以逗号分隔。</translation>
  </message>
  <message>
   <source>%1: '%2' has no band with contrast; check its nodata value and bands.</source>
   <translation>%1：'%2' 没有具有对比度的波段；请检查其无数据值和波段。</translation>
  </message>
  <message>
   <source>Hyperspectral sharpening</source>
   <translation>高光谱锐化</translation>
  </message>
  <message>
   <source>%1 nm</source>
   <translation>%1 nm</translation>
  </message>
  <message>
   <source>%1: bands %2 are called bad, so nothing is learned from them and they are interpolated</source>
   <translation>%1：波段 %2 被标为坏波段，因此不从中学习，而由插值得到</translation>
  </message>
  <message>
   <source>bad bands</source>
   <translation>坏波段</translation>
  </message>
  <message>
   <source>%1: bands %2 have one value everywhere, so nothing is learned from them</source>
   <translation>%1：波段 %2 处处为同一值，因此不从中学习</translation>
  </message>
  <message>
   <source>%1: bands %2 have no valid pixel, so the result has none there</source>
   <translation>%1：波段 %2 没有有效像元，因此结果在这些波段上也没有</translation>
  </message>
  <message>
   <source>%1 lies in another CRS than %2 or turned against it, so its pixels cannot be compared; warp %3 first.</source>
   <translation>%1 与 %2 的 CRS 不同，或相对其旋转，因此其像元无法比较；请先对 %3 作变形校正。</translation>
  </message>
  <message>
   <source>%1 has %2 bands; expected 1 to %3, so name a panchromatic or multispectral raster.</source>
   <translation>%1 有 %2 个波段；应为 1 至 %3 个，因此请指定全色或多光谱栅格。</translation>
  </message>
  <message>
   <source>flat bands</source>
   <translation>无变化的波段</translation>
  </message>
  <message>
   <source>empty bands</source>
   <translation>空波段</translation>
  </message>
  <message>
   <source>Bad bands of HS</source>
   <translation>HS 的坏波段</translation>
  </message>
  <message>
   <source>Numbers of bands, or ranges, such as 1-4, 99-112: bands of water vapour or of much noise. Nothing is learned from them, and they are interpolated. They come on top of the bands that the metadata mark as bad (bbl) and of those that are found to be mostly noise.</source>
   <translation>波段编号或编号范围，例如 1-4, 99-112：水汽波段或噪声很大的波段。网络不从这些波段学习，它们由插值得到。除此之外，元数据标记为坏波段（bbl）的波段，以及检测出以噪声为主的波段，也按此处理。</translation>
  </message>
  <message>
   <source>MTF gain of HS at Nyquist</source>
   <translation>HS 在奈奎斯特频率处的 MTF 增益</translation>
  </message>
  <message>
   <source>How much contrast HS keeps of the finest stripes that its pixels can show: the less, the more it is blurred. 0.3 fits most sensors.</source>
   <translation>HS 对其像元所能表现的最细条纹保留多少对比度：越小则越模糊。0.3 适合大多数传感器。</translation>
  </message>
  <message>
   <source>HS_GAIN is %1; expected a number from %2 to %3.</source>
   <translation>HS_GAIN 为 %1；应为 %2 至 %3 的数。</translation>
  </message>
  <message>
   <source>natural colour,</source>
   <translation>自然色，</translation>
  </message>
  <message>
   <source>band %1: %2 %</source>
   <translation>波段 %1：%2%</translation>
  </message>
  <message>
   <source>What is each band of GUIDE made of?</source>
   <translation>GUIDE 的各波段由什么构成？</translation>
  </message>
  <message>
   <source>The spectral response of GUIDE as the scene tells it: weights of the bands of HS, none negative, that together give GUIDE best at the pixels of HS. Share of its variance that they explain: %1.</source>
   <translation>由影像得出的 GUIDE 光谱响应：HS 各波段的非负权重，合起来在 HS 的像元上最好地给出 GUIDE。所解释的方差比例：%1。</translation>
  </message>
  <message>
   <source>Share of each band of HS. Neighbouring bands resemble each other, so a peak may lie a few bands off.</source>
   <translation>HS 各波段的占比。相邻波段彼此相似，因此峰值可能偏离几个波段。</translation>
  </message>
  <message>
   <source>The result: %1bands %2 of HS as red, green and blue.</source>
   <translation>结果：%1以 HS 的波段 %2 为红、绿、蓝。</translation>
  </message>
  <message>
   <source>the result</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Close-up at row %1, column %2 of the result:</source>
   <translation>结果第 %1 行、第 %2 列处的局部放大：</translation>
  </message>
  <message>
   <source>%1, interpolated</source>
   <translation>%1，插值</translation>
  </message>
  <message>
   <source>HS, interpolated, and the result at some pixels.</source>
   <translation>若干像元上的 HS、插值和结果。</translation>
  </message>
  <message>
   <source>Root mean square difference between HS and the result as the sensor would see it, in % of the mean of the</source>
   <translation>HS 与传感器所能看到的结果之间的均方根差，占均值的 %，</translation>
  </message>
  <message>
   <source>The points show GUIDE, brought to the units of HS by its response; a point may lie off the curve where HS explains little of GUIDE.</source>
   <translation>点表示按其响应换算到 HS 单位的 GUIDE；在 HS 对 GUIDE 解释甚少之处，点可能偏离曲线。</translation>
  </message>
  <message>
   <source>Does the result give HS back?</source>
   <translation>结果能否还原 HS？</translation>
  </message>
  <message>
   <source>%1band, in the middle of the scene.</source>
   <translation>%1逐波段，影像中部。</translation>
  </message>
  <message>
   <source>Column %1, row %2 of the result.</source>
   <translation>结果的第 %1 列、第 %2 行。</translation>
  </message>
  <message>
   <source>At the pixels of %1, its bands explain so many % of the variance of each band of %2: %3</source>
   <translation>在 %1 的像元上，其波段对 %2 各波段方差的解释比例（%）：%3</translation>
  </message>
  <message>
   <source>response</source>
   <translation>光谱响应</translation>
  </message>
  <message>
   <source>check that %1 shows the same ground on a near date</source>
   <translation>请检查 %1 是否在相近日期显示同一地面</translation>
  </message>
  <message>
   <source>%1: bands %2 are mostly noise, as no other band shares what</source>
   <translation>%1：波段 %2 以噪声为主，因为其他波段均不反映</translation>
  </message>
  <message>
   <source>they show, so nothing is learned from them and they are interpolated</source>
   <translation>其内容，因此不从中学习，而由插值得到</translation>
  </message>
  <message>
   <source>%1 and %2 have %3 pixels of %4 in common that are valid in all bands; more are needed to learn how they are related, so choose rasters of one area, or name bands without data in BAD_BANDS.</source>
   <translation>%1 和 %2 共有 %3 个在所有波段均有效的 %4 像元；学习两者的关系需要更多，因此请选择同一区域的栅格，或在 BAD_BANDS 中列出无数据的波段。</translation>
  </message>
  <message>
   <source>noisy bands</source>
   <translation>噪声波段</translation>
  </message>
  <message>
   <source>Its guide of %1 band%2 comes twice: as it is, and as the sensor of the image sees it, interpolated again.</source>
   <translation>其引导影像为 %1 个波段（band%2），输入两次：一次为原样，一次为影像的传感器所能看到并再次插值的样子。</translation>
  </message>
  <message>
   <source>%1 has %2 bands; expected the %3 that MODEL '%4' takes.</source>
   <translation>%1 有 %2 个波段；应为 MODEL '%4' 所用的 %3 个。</translation>
  </message>
  <message>
   <source>Sharpen hyperspectral</source>
   <translation>高光谱锐化</translation>
  </message>
  <message>
   <source>Brings all bands of a hyperspectral image (HS) to the pixels of a finer panchromatic or multispectral image (GUIDE). Everything is learned on the scene itself.</source>
   <translation>将高光谱影像（HS）的所有波段提升到更细的全色或多光谱影像（GUIDE）的像元上。一切均在本景影像上学习。</translation>
  </message>
  <message>
   <source>hp1 takes the principal components of HS, learns on the whole scene and around every pixel what GUIDE tells of each, measures its noise, adds the detail, and makes the result consistent with HS. gsa (Gram-Schmidt adaptive), glp (generalised Laplacian pyramid with back-projection), cnmf (coupled non-negative matrix factorisation) and hysure (components under total variation) are known methods, for comparison. network takes the file that rsfusion:adapthyperspectral has trained on your scene; only that needs ONNX Runtime.</source>
   <translation>hp1 取 HS 的主成分，在整景影像上和每个像元周围学习 GUIDE 对各主成分的反映，测量其噪声，加入细节，并使结果与 HS 一致。gsa（自适应 Gram-Schmidt）、glp（带反投影的广义拉普拉斯金字塔）、cnmf（耦合非负矩阵分解）和 hysure（全变分约束下的成分）为已知方法，供比较。network 采用 rsfusion:adapthyperspectral 在您的影像上训练得到的文件；只有它需要 ONNX Runtime。</translation>
  </message>
  <message>
   <source>HS and GUIDE should show the same ground on near dates. A shift between them costs more than the choice of method, so it is measured and undone, as COREGISTRATION says.</source>
   <translation>HS 和 GUIDE 应在相近日期显示同一地面。两者之间的偏移比方法的选择影响更大，因此会按 COREGISTRATION 的设定测量并改正。</translation>
  </message>
  <message>
   <source>Bands of water vapour or of much noise are interpolated: those that the metadata mark as bad, those of BAD_BANDS, and those that are found to be mostly noise. The result has the bands of HS in their order, with their wavelengths, in the stored units of HS.</source>
   <translation>水汽波段或噪声很大的波段由插值得到：元数据标记为坏波段的、BAD_BANDS 列出的，以及检测出以噪声为主的波段。结果保留 HS 的波段及其顺序、波长和存储单位。</translation>
  </message>
  <message>
   <source>imaging spectroscopy</source>
   <translation>成像光谱</translation>
  </message>
  <message>
   <source>Hyperspectral raster</source>
   <translation>高光谱栅格</translation>
  </message>
  <message>
   <source>Any number of bands, the coarser pixels.</source>
   <translation>波段数不限，像元较粗。</translation>
  </message>
  <message>
   <source>Panchromatic or multispectral raster</source>
   <translation>全色或多光谱栅格</translation>
  </message>
  <message>
   <source>1 to 24 bands, the finer pixels. Its grid is the grid of the result.</source>
   <translation>1 至 24 个波段，像元较细。结果采用其格网。</translation>
  </message>
  <message>
   <source>hp1: components of the image, learned on the scene. gsa, glp, cnmf, hysure: known methods, for comparison. network: the one that MODEL_FILE names, see rsfusion:adapthyperspectral.</source>
   <translation>hp1：影像的主成分，在本景影像上学习。gsa、glp、cnmf、hysure：已知方法，供比较。network：由 MODEL_FILE 指定的网络，见 rsfusion:adapthyperspectral。</translation>
  </message>
  <message>
   <source>Sharpened bands</source>
   <translation>锐化后的波段</translation>
  </message>
  <message>
   <source>correct: the shift between HS and GUIDE is measured and undone, where it is sure. warn: it is measured and told. fail: the run stops where the shift is more than half a pixel of GUIDE.</source>
   <translation>correct：测量 HS 与 GUIDE 之间的偏移，可靠时予以改正。warn：测量并告知。fail：偏移超过 GUIDE 的半个像元时停止运行。</translation>
  </message>
  <message>
   <source>What was found about the rasters, which bands each band of GUIDE is made of, and spectra before and after, as a page for the browser.</source>
   <translation>栅格检查结果、GUIDE 的各波段由哪些波段构成，以及锐化前后的光谱，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Trains a small network on one pair of HS and GUIDE, on that pair alone, and writes it as an .onnx file. Give that file to rsfusion:sharpenhyperspectral as MODEL_FILE, with METHOD network.</source>
   <translation>仅用一对 HS 和 GUIDE 训练一个小型网络，并写成 .onnx 文件。将该文件作为 MODEL_FILE 提供给 rsfusion:sharpenhyperspectral，METHOD 选 network。</translation>
  </message>
  <message>
   <source>No true image is needed. The network learns that the result, as the sensor of HS sees it, is HS, and that the result, as GUIDE sees it, is GUIDE. Where HS is large enough, both are also made coarser by their ratio, and HS itself is then the truth; blocks of it are held out and tell how good the network is. If training does not make it better there, OUTPUT is the network that was found in closed form, and IMPROVED is 0. Results that were not measured are -1.</source>
   <translation>无需真值影像。网络学习两点：结果按 HS 的传感器观测应得到 HS，按 GUIDE 观测应得到 GUIDE。若 HS 足够大，还会将两者按像元大小比降低分辨率，此时 HS 本身即为真值；其中若干区块被留出，用来衡量网络的优劣。如果训练在留出区块上没有改进，OUTPUT 为由闭式解得到的网络，IMPROVED 为 0。未测得的结果为 -1。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion. Of a large scene, nine areas are used.</source>
   <translation>训练需要 Python 包 torch 和 onnx；训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。对于大景影像，只使用其中九个区域。</translation>
  </message>
  <message>
   <source>Minutes of training</source>
   <translation>训练时间（分钟）</translation>
  </message>
  <message>
   <source>Reading the scene comes on top of them. Three on one core are a good start.</source>
   <translation>读取影像的时间另计。起初可在单核上训练三分钟。</translation>
  </message>
  <message>
   <source>Of everything that is drawn at random; the same seed makes the same draws.</source>
   <translation>用于所有随机抽取；种子相同，抽取结果就相同。</translation>
  </message>
  <message>
   <source>Train a network for a hyperspectral scene</source>
   <translation>为一景高光谱影像训练网络</translation>
  </message>
  <message>
   <source>target adaptation</source>
   <translation>目标适应</translation>
  </message>
  <message>
   <source>Network for the scene</source>
   <translation>本景影像的网络</translation>
  </message>
  <message>
   <source>An .onnx file with a card that names the scene and the errors before and after. The file appears only when the run succeeds.</source>
   <translation>带模型卡的 .onnx 文件，模型卡注明影像及训练前后的误差。仅当运行成功时才生成该文件。</translation>
  </message>
  <message>
   <source>Error on held-out blocks one scale coarser, % of the bands' means, before training</source>
   <translation>降一级尺度时留出区块的误差（占波段均值的 %），训练前</translation>
  </message>
  <message>
   <source>Error on held-out blocks one scale coarser, % of the bands' means, after training</source>
   <translation>降一级尺度时留出区块的误差（占波段均值的 %），训练后</translation>
  </message>
  <message>
   <source>1 where training made it better, else 0</source>
   <translation>训练有改进时为 1，否则为 0</translation>
  </message>
  <message>
   <source>HP1: principal components and local regression (best)</source>
   <translation>HP1：主成分与局部回归（最佳）</translation>
  </message>
  <message>
   <source>GSA: Gram-Schmidt adaptive</source>
   <translation>GSA：自适应 Gram-Schmidt</translation>
  </message>
  <message>
   <source>GLP: Laplacian pyramid with back-projection</source>
   <translation>GLP：带反投影的拉普拉斯金字塔</translation>
  </message>
  <message>
   <source>CNMF: coupled unmixing</source>
   <translation>CNMF：耦合解混</translation>
  </message>
  <message>
   <source>Network that learned the scene</source>
   <translation>针对本景影像训练的网络</translation>
  </message>
  <message>
   <source>HySure: subspace with total variation</source>
   <translation>HySure：带全变分的子空间</translation>
  </message>
  <message>
   <source>Land cover</source>
   <translation>土地覆盖</translation>
  </message>
  <message>
   <source>%1 names %2, but the network learned from %3, so heights may be off by some 50 m</source>
   <translation>%1 注明 %2，而网络的学习数据为 %3，因此高度可能相差约 50 m</translation>
  </message>
  <message>
   <source>convert the heights of %1 first, or train and classify with heights above ground</source>
   <translation>请先转换 %1 的高度，或用离地高度训练和分类</translation>
  </message>
  <message>
   <source>heights</source>
   <translation>高程</translation>
  </message>
  <message>
   <source>%1 does not say what its heights count from, and the network learned from %2</source>
   <translation>%1 未注明高程基准，而网络的学习数据为 %2</translation>
  </message>
  <message>
   <source>%1 names %2, and the network does not say what the heights that it learned from count from</source>
   <translation>%1 注明 %2，而网络未注明其学习数据的高程基准</translation>
  </message>
  <message>
   <source>%1: they are taken to be alike</source>
   <translation>%1：视为相同</translation>
  </message>
  <message>
   <source>assign %1 the CRS with its vertical part if not</source>
   <translation>若不相同，请为 %1 指定含垂直部分的 CRS</translation>
  </message>
  <message>
   <source>train it again with the right CRS if not</source>
   <translation>若不相同，请用正确的 CRS 重新训练</translation>
  </message>
  <message>
   <source>Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are equally frequent, it keeps its own.</source>
   <translation>每个像元取其周围边长为 2 倍半径 + 1 像元的正方形内出现最多的类别。若有多个类别并列最多，则保持原类别。</translation>
  </message>
  <message>
   <source>Classify every so many pixels (1 = all)</source>
   <translation>每隔多少像元分类一次（1 = 全部）</translation>
  </message>
  <message>
   <source>For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is classified and the block gets its class: nine times as fast. Other networks need 1.</source>
   <translation>用于以每个像元周围的窗口为输入的网络。取 3 时，对每个 3 x 3 像元块的中心像元分类，整块采用其类别：速度为九倍。其他网络须为 1。</translation>
  </message>
  <message>
   <source>Any number of bands.</source>
   <translation>波段数不限。</translation>
  </message>
  <message>
   <source>LiDAR raster</source>
   <translation>LiDAR 栅格</translation>
  </message>
  <message>
   <source>Heights (CHM, DSM) and features of them, any bands.</source>
   <translation>高度（CHM、DSM）及由其得到的特征，波段不限。</translation>
  </message>
  <message>
   <source>LiDAR intensity raster</source>
   <translation>LiDAR 强度栅格</translation>
  </message>
  <message>
   <source>Or any further raster of LiDAR features.</source>
   <translation>或其他任意 LiDAR 特征栅格。</translation>
  </message>
  <message>
   <source>Multispectral raster</source>
   <translation>多光谱栅格</translation>
  </message>
  <message>
   <source>SAR raster</source>
   <translation>SAR 栅格</translation>
  </message>
  <message>
   <source>Backscatter, any number of bands.</source>
   <translation>后向散射，波段数不限。</translation>
  </message>
  <message>
   <source>Densities or distances of points, as rsfusion:poidensity makes them.</source>
   <translation>点的密度或距离，由 rsfusion:poidensity 生成。</translation>
  </message>
  <message>
   <source>Features of points</source>
   <translation>点的特征</translation>
  </message>
  <message>
   <source>Local means of what points tell, such as street-view images, as rsfusion:poidensity makes them with VALUE_FIELDS; no data where there are no points.</source>
   <translation>点所含信息（例如街景影像）的局部均值，由 rsfusion:poidensity 使用 VALUE_FIELDS 生成；没有点处为无数据。</translation>
  </message>
  <message>
   <source>Classify land cover</source>
   <translation>土地覆盖分类</translation>
  </message>
  <message>
   <source>Gives every pixel a class with a network that rsfusion:trainclassifier made (or one of your own), from the rasters that it was trained on: hyperspectral (HS), LiDAR, multispectral (MS), SAR, or several of them. The result lies on the grid of the raster on whose grid the network was trained (usually HS); the others are brought onto it. Bands are matched by their wavelengths where both sides know them, else by name, else by order. Where a raster that the network can do without has no data, or is not given at all, the others decide, and the confidence tells how sure they are.</source>
   <translation>用 rsfusion:trainclassifier 训练的网络（或您自备的网络）为每个像元赋予类别，输入为该网络训练时所用的栅格：高光谱（HS）、LiDAR、多光谱（MS）、SAR，或其中几种。结果位于训练网络时所用格网的栅格（通常为 HS）上；其他栅格转换到该格网。双方均有波长时按波长匹配波段，否则按名称，再否则按顺序。对于网络可以缺省的栅格，若其无数据或未给出，则由其他栅格判定，置信度说明判定的可靠程度。</translation>
  </message>
  <message>
   <source>OUTPUT is a raster of class codes with colours, class names and an attribute table. CONFIDENCE is the calibrated probability of the class that was chosen, PROBABILITIES those of all classes, one band each. MAJORITY replaces each class by the most frequent one around it.</source>
   <translation>OUTPUT 为类别代码栅格，带颜色、类别名称和属性表。CONFIDENCE 为所选类别经校准的概率，PROBABILITIES 为所有类别的概率，每类一个波段。MAJORITY 将每个类别替换为其周围出现最多的类别。</translation>
  </message>
  <message>
   <source>semantic segmentation</source>
   <translation>语义分割</translation>
  </message>
  <message>
   <source>What was found about the rasters, how they were classified, and how much of the area each class covers, as a page for the browser.</source>
   <translation>栅格检查结果、分类方式，以及各类别所占的面积，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>the architecture's own</source>
   <translation>网络结构自带的方式</translation>
  </message>
  <message>
   <source>Trains a network that gives every pixel a class, from samples of your own scene: polygons or points with a field of classes (SAMPLES), or a raster of class codes (LABELS), and one or more rasters: hyperspectral (HS), LiDAR, multispectral (MS), SAR. The first that is given, or the one named by GRID, gives the grid. Bands that the metadata call bad are left out. OUTPUT is an ordinary .onnx file for rsfusion:classify.</source>
   <translation>由您自己影像的样本训练为每个像元赋予类别的网络。样本为带类别字段的多边形或点（SAMPLES），或类别代码栅格（LABELS）；另需一个或多个栅格：高光谱（HS）、LiDAR、多光谱（MS）、SAR。格网取自给出的第一个栅格，或 GRID 指定的栅格。元数据标为坏波段的波段不参与。OUTPUT 为普通的 .onnx 文件，供 rsfusion:classify 使用。</translation>
  </message>
  <message>
   <source>Ten samples of a class can be enough. A part of the samples is held out, in whole regions (a polygon is never torn, except where a class has too few of them): VALIDATION_SHARE says when to stop and calibrates the confidence, TEST_SHARE gives the accuracy, which stands in the report, in the card of the network and in the results. Results that were not measured are -1. Rasters that may be absent later (ABSENT) are taken away now and then while the network learns.</source>
   <translation>每类十个样本即可能足够。一部分样本按整个区域留出（多边形不会拆开，除非某一类别的多边形太少）：VALIDATION_SHARE 用于决定何时停止并校准置信度，TEST_SHARE 用于给出精度，精度写入报告、网络的模型卡和结果。未测得的结果为 -1。以后可能缺少的栅格（ABSENT）在网络学习时会不时被去掉。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion.</source>
   <translation>训练需要 Python 包 torch 和 onnx；训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。</translation>
  </message>
  <message>
   <source>whitened_fusion: each raster decides alone and all together, a discriminant and a kernel machine help; regions that are held out say who is heard. pixel_context_fusion: one fused map, a lighter network. The others are the literature's: a two-branch CNN, EndNet (pixel by pixel), coupled CNN, FusAtNet, S2ENet, and a transformer over groups of bands.</source>
   <translation>whitened_fusion：各栅格单独判定并共同判定，辅以判别分析和核机器；由留出区域决定采信谁。pixel_context_fusion：单一融合特征图，网络较轻。其余为文献中的结构：双分支 CNN、EndNet（逐像元）、耦合 CNN、FusAtNet、S2ENet，以及基于波段组的 Transformer。</translation>
  </message>
  <message>
   <source>It ends earlier when nothing improves any more. Reading and measuring come on top.</source>
   <translation>不再有改进时提前结束。读取和测量的时间另计。</translation>
  </message>
  <message>
   <source>Raster on whose grid the classes lie</source>
   <translation>类别所在格网的栅格</translation>
  </message>
  <message>
   <source>How the rasters are fused</source>
   <translation>栅格的融合方式</translation>
  </message>
  <message>
   <source>The part of the network in which what it sees in each raster comes together.</source>
   <translation>网络中将各栅格所含信息汇合的部分。</translation>
  </message>
  <message>
   <source>Where such a raster has no data, or is not given at all, rsfusion:classify decides by the others. any: each of them, as long as another one is there; rsfusion:contributions then tells what each of them gives.</source>
   <translation>这样的栅格无数据或未给出时，rsfusion:classify 由其他栅格判定。any：其中任何一个，只要还有另一个；此时 rsfusion:contributions 可说明各栅格的贡献。</translation>
  </message>
  <message>
   <source>Share of the regions held out for validation</source>
   <translation>留出用于验证的区域比例</translation>
  </message>
  <message>
   <source>They say how long to train and calibrate the confidence; then a network learns from these samples, too. 0: neither.</source>
   <translation>用于决定训练多久并校准置信度；之后网络也从这些样本学习。0：两者都不做。</translation>
  </message>
  <message>
   <source>Share of the regions held out for the test</source>
   <translation>留出用于测试的区域比例</translation>
  </message>
  <message>
   <source>They give the accuracy. 0: it is not measured, and all samples teach.</source>
   <translation>用于给出精度。0：不测量精度，所有样本都用于学习。</translation>
  </message>
  <message>
   <source>Of the split and of everything that is drawn at random.</source>
   <translation>用于样本划分和所有随机抽取。</translation>
  </message>
  <message>
   <source>A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from it, as after a cancel; the samples and settings must be the same, MINUTES may be more. The second training, on all samples, keeps its own in a file with the ending .pt.all.</source>
   <translation>训练期间保存状态的 .pt 文件。若已存在，则从该状态继续训练，例如取消之后；样本和设置必须相同，MINUTES 可以更大。使用全部样本的第二次训练，其状态另存于扩展名为 .pt.all 的文件。</translation>
  </message>
  <message>
   <source>%1 on held-out regions%2</source>
   <translation>%1，留出区域%2</translation>
  </message>
  <message>
   <source>Number of classes</source>
   <translation>类别数</translation>
  </message>
  <message>
   <source>Train a land cover classifier</source>
   <translation>训练土地覆盖分类器</translation>
  </message>
  <message>
   <source>Accuracy with intervals, confusion matrix, curve of the losses, and what was learned from, as a page for the browser.</source>
   <translation>精度及其区间、混淆矩阵、损失曲线，以及学习所用的数据，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>As in rsfusion:classify. Take the same there as here.</source>
   <translation>同 rsfusion:classify。两处请采用相同的设置。</translation>
  </message>
  <message>
   <source>lower end of 95 %</source>
   <translation>95% 置信区间下限</translation>
  </message>
  <message>
   <source>upper end of 95 %</source>
   <translation>95% 置信区间上限</translation>
  </message>
  <message>
   <source>machine learning</source>
   <translation>机器学习</translation>
  </message>
  <message>
   <source>deep learning</source>
   <translation>深度学习</translation>
  </message>
  <message>
   <source>Trained network</source>
   <translation>训练得到的网络</translation>
  </message>
  <message>
   <source>An .onnx file with a card: classes with codes and colours, bands, accuracy. The file appears only when the run succeeds. In your own folder of networks it is in the list of rsfusion:classify.</source>
   <translation>带模型卡的 .onnx 文件：类别及其代码和颜色、波段、精度。仅当运行成功时才生成该文件。放在用户网络文件夹中时，会出现在 rsfusion:classify 的列表中。</translation>
  </message>
  <message>
   <source>Whitened fusion (best)</source>
   <translation>白化融合（最佳）</translation>
  </message>
  <message>
   <source>Pixel and context (fast)</source>
   <translation>像元与上下文（快速）</translation>
  </message>
  <message>
   <source>Two-branch CNN</source>
   <translation>双分支 CNN</translation>
  </message>
  <message>
   <source>Coupled CNN</source>
   <translation>耦合 CNN</translation>
  </message>
  <message>
   <source>Spectral group transformer</source>
   <translation>光谱分组 Transformer</translation>
  </message>
  <message>
   <source>DSM - estimated ground</source>
   <translation>DSM - 估计地面</translation>
  </message>
  <message>
   <source>LiDAR features</source>
   <translation>LiDAR 特征</translation>
  </message>
  <message>
   <source>%1 has %2 x %3 pixels and %4 %5 x %6, and neither is georeferenced; expected the same size, so georeference both, or resample one of them.</source>
   <translation>%1 有 %2 x %3 像元，%4 有 %5 x %6，且两者均没有地理参考；大小应相同，因此请为两者建立地理参考，或对其中之一重采样。</translation>
  </message>
  <message>
   <source>Bands of the result; their order is always that of the list. None chosen: all that the rasters allow. On the command line names separated by commas.</source>
   <translation>结果的波段；其顺序始终与列表一致。均未选择：栅格所允许的全部特征。在命令行中为以逗号分隔的名称。</translation>
  </message>
  <message>
   <source>Radius of the window (metres; 0 = 3 pixels)</source>
   <translation>窗口半径（米；0 = 3 个像元）</translation>
  </message>
  <message>
   <source>How far the square window of roughness, percentiles, range and mean reaches to every side; at least one pixel, at most 100. Percentiles of windows wider than 21 pixels look at every second (third, ...) row and column.</source>
   <translation>计算粗糙度、百分位数、极差和均值的正方形窗口向各边延伸多远；至少一个像元，最多 100 个。宽于 21 个像元的窗口，其百分位数每隔一行一列（或两行两列，...）取样。</translation>
  </message>
  <message>
   <source>Percentiles of height</source>
   <translation>高度的百分位数</translation>
  </message>
  <message>
   <source>Numbers from 0 to 100 separated by commas; one band each.</source>
   <translation>0 至 100 的数值，以逗号分隔；每个一个波段。</translation>
  </message>
  <message>
   <source>Window of the ground estimate (metres; 0 = none)</source>
   <translation>地面估计的窗口（米；0 = 不估计）</translation>
  </message>
  <message>
   <source>Where DTM is empty: side of the largest window that the ground is estimated with. Larger than the largest building, smaller than hills. 0: no height above ground, and percentiles and range are those of DSM.</source>
   <translation>DTM 留空时：估计地面所用最大窗口的边长。应大于最大的建筑物，小于山丘。0：不输出离地高度，百分位数和极差取自 DSM。</translation>
  </message>
  <message>
   <source>Heights below ground become 0</source>
   <translation>低于地面的高度置为 0</translation>
  </message>
  <message>
   <source>Heights above ground that are negative, by noise or small errors of DTM, become 0.</source>
   <translation>因噪声或 DTM 的微小误差而为负的离地高度置为 0。</translation>
  </message>
  <message>
   <source>%1 is %2; expected metres, 0 or more.</source>
   <translation>%1 为 %2；应为米数，不小于 0。</translation>
  </message>
  <message>
   <source>FEATURES names '%1'; expected some of %2.</source>
   <translation>FEATURES 指定了 '%1'；应为以下若干项：%2。</translation>
  </message>
  <message>
   <source>%1 covers %2 % of DSM; what needs it has no data elsewhere</source>
   <translation>%1 覆盖了 DSM 的 %2%；需要它的特征在其他地方没有数据</translation>
  </message>
  <message>
   <source>DTM is empty and GROUND_WINDOW is 0</source>
   <translation>DTM 为空，且 GROUND_WINDOW 为 0</translation>
  </message>
  <message>
   <source>Heights of %1 are converted from %2 to %3: %4 m in the middle</source>
   <translation>%1 的高度由 %2 转换为 %3：中部 %4 m</translation>
  </message>
  <message>
   <source>DTM is empty and a GROUND_WINDOW of %1 m is less than three pixels of DSM</source>
   <translation>DTM 为空，且 %1 m 的 GROUND_WINDOW 不足 DSM 的三个像元</translation>
  </message>
  <message>
   <source>%1 names %2, but %3 does not say what its heights count from, so they</source>
   <translation>%1 注明 %2，但 %3 未注明高程基准，因此两者</translation>
  </message>
  <message>
   <source>assign %1 a CRS with its vertical part if that is wrong (gdal_edit.py -a_srs EPSG:…+…)</source>
   <translation>如果不对，请为 %1 指定含垂直部分的 CRS（gdal_edit.py -a_srs EPSG:…+…）</translation>
  </message>
  <message>
   <source>that of DSM</source>
   <translation>DSM 的单位</translation>
  </message>
  <message>
   <source>set the band's unit to 'm' or 'ft' if that is wrong (gdal_edit.py -units m)</source>
   <translation>如果不对，请将该波段的单位设为 'm' 或 'ft'（gdal_edit.py -units m）</translation>
  </message>
  <message>
   <source>Lengths in the CRS of DSM are %1 times those on the ground, so slopes and windows are off</source>
   <translation>DSM 的 CRS 中的长度为实地长度的 %1 倍，因此坡度和窗口有偏差</translation>
  </message>
  <message>
   <source>DSM is in degrees, turned into metres at latitude %1%2</source>
   <translation>DSM 以度为单位，按纬度 %1 换算为米%2</translation>
  </message>
  <message>
   <source>The window of the local statistics has %1 x %2 pixels of %3 m</source>
   <translation>局部统计的窗口为 %1 x %2 像元，像元大小 %3 m</translation>
  </message>
  <message>
   <source>Percentiles look at one row and column in %1, as the window is wider than %2</source>
   <translation>百分位数每 %1 行和列取一，因为窗口宽于 %2</translation>
  </message>
  <message>
   <source>DTM is empty, so the ground is estimated from DSM by openings up to %1 m</source>
   <translation>DTM 为空，因此由 DSM 经最大 %1 m 的开运算估计地面</translation>
  </message>
  <message>
   <source>%1 is not looked at, because none of the FEATURES needs it</source>
   <translation>未使用 %1，因为 FEATURES 均不需要它</translation>
  </message>
  <message>
   <source>lidar</source>
   <translation>激光雷达</translation>
  </message>
  <message>
   <source>INTENSITY is empty</source>
   <translation>INTENSITY 为空</translation>
  </message>
  <message>
   <source>RADIUS is %1 m, less than one pixel of DSM (%2 m); choose at least one pixel, or 0 for %3 pixels.</source>
   <translation>RADIUS 为 %1 m，小于 DSM 的一个像元（%2 m）；请至少取一个像元，或取 0 以采用 %3 像元。</translation>
  </message>
  <message>
   <source>RADIUS is %1 m, %2 pixels of DSM; expected at most %3, so choose a smaller one or resample DSM to larger pixels.</source>
   <translation>RADIUS 为 %1 m，即 DSM 的 %2 像元；最多应为 %3，因此请取较小的值，或将 DSM 重采样为较大的像元。</translation>
  </message>
  <message>
   <source>%1are taken to count from the same</source>
   <translation>%1视为高程基准相同</translation>
  </message>
  <message>
   <source>the unit of the CRS (%1 m)</source>
   <translation>CRS 的单位（%1 m）</translation>
  </message>
  <message>
   <source>the unit '%1', which is unknown</source>
   <translation>单位 '%1' 未知</translation>
  </message>
  <message>
   <source>no unit</source>
   <translation>未注明单位</translation>
  </message>
  <message>
   <source>%1's band names %2, so heights are taken to be in %3</source>
   <translation>%1 的波段：%2，因此高度的单位视为 %3</translation>
  </message>
  <message>
   <source>reproject DSM into a CRS that keeps lengths here, such as UTM</source>
   <translation>请将 DSM 重投影到在此处保持长度的 CRS，例如 UTM</translation>
  </message>
  <message>
   <source>which is off by up to %1 % elsewhere</source>
   <translation>在其他位置的偏差可达 %1%</translation>
  </message>
  <message>
   <source>reproject DSM into a projected CRS</source>
   <translation>请将 DSM 重投影到投影 CRS</translation>
  </message>
  <message>
   <source>%1: heights above it are an estimate</source>
   <translation>%1：离地高度为估计值</translation>
  </message>
  <message>
   <source>FEATURES names '%1', but %2; give what it needs, or leave the feature out.</source>
   <translation>FEATURES 指定了 '%1'，但 %2；请给出所需的数据，或去掉该特征。</translation>
  </message>
  <message>
   <source>The feature '%1' is left out because %2</source>
   <translation>未计算特征 '%1'，因为 %2</translation>
  </message>
  <message>
   <source>in EXTENT</source>
   <translation>在 EXTENT 内</translation>
  </message>
  <message>
   <source>DSM holds one height only, %1 m, so features of its shape tell nothing</source>
   <translation>DSM 只有一个高度 %1 m，因此形状特征没有意义</translation>
  </message>
  <message>
   <source>DTM lies more than %1 m above DSM in %2 % of the pixels</source>
   <translation>在 %2% 的像元上，DTM 比 DSM 高出 %1 m 以上</translation>
  </message>
  <message>
   <source>exchange them if they are mixed up, or bring both to one vertical datum and unit</source>
   <translation>若两者弄混则请交换，或将两者统一到同一垂直基准和单位</translation>
  </message>
  <message>
   <source>DSM: '%1' has no valid pixel %2; choose a raster that holds heights.</source>
   <translation>DSM：'%1' %2没有有效像元；请选择含有高度的栅格。</translation>
  </message>
  <message>
   <source>%1 has no valid pixel where DSM has one; choose rasters of one area.</source>
   <translation>%1 在 DSM 有效之处没有有效像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>Computes the bands that a classification takes from LiDAR, from a surface model (DSM) and, where there is one, a terrain model (DTM) and an intensity raster. The result has the pixels of DSM, in metres and degrees, Float32 with NaN for no data. FEATURES are:</source>
   <translation>由表面模型（DSM），以及可选的地形模型（DTM）和强度栅格，计算分类所用的 LiDAR 波段。结果采用 DSM 的像元，单位为米和度，Float32，以 NaN 表示无数据。FEATURES 包括：</translation>
  </message>
  <message>
   <source>height_above_ground: DSM - DTM. Without DTM it is an estimate, and the band says so: the surface is opened with windows up to GROUND_WINDOW, objects wider than that stay ground, steep narrow ridges become objects, and what is lower than 0.3 m (wide objects: up to 2 m) is ground. slope: degrees, after Horn, as gdaldem. roughness: standard deviation of the heights in the window about the plane that fits them, so that an even roof of any pitch is smooth (gdaldem's largest difference is not). percentiles and range: of the heights above ground in the window, or of DSM itself where no ground is known. intensity and intensity_mean: as it is, and its mean in the window.</source>
   <translation>height_above_ground：DSM - DTM。没有 DTM 时为估计值，波段中会注明：以最大为 GROUND_WINDOW 的窗口对表面作开运算，比窗口更宽的物体仍算作地面，陡而窄的山脊会成为物体，低于 0.3 m（宽大物体：不超过 2 m）的部分为地面。slope：坡度，单位为度，按 Horn 算法，与 gdaldem 相同。roughness：窗口内高度相对于其拟合平面的标准差，因此任意坡度的平整屋顶都是平滑的（gdaldem 的最大差值则不然）。percentiles 和 range：窗口内离地高度的百分位数和极差；地面未知时，则取 DSM 本身。intensity 和 intensity_mean：原始强度及其在窗口内的均值。</translation>
  </message>
  <message>
   <source>The window is a square that reaches RADIUS to every side. Neighbours without data are left out of it; every pixel where DSM has data gets all features of its shape, all others none. Heights are brought to metres by the unit that the band names (m, ft, ...); where it names none, they are in the unit of the CRS, or metres where that is in degrees. On a CRS in degrees lengths hold for the latitude of the raster's middle. The result does not depend on the tiles. Heights of DTM are converted to what those of DSM count from (a geoid, the ellipsoid), where the CRS of both say it; where one does not, they are taken to count from the same.</source>
   <translation>窗口为正方形，向各边延伸 RADIUS。无数据的邻近像元不参与；DSM 有数据的每个像元都得到全部形状特征，其他像元则没有。高度按波段注明的单位（m、ft、...）换算为米；未注明时采用 CRS 的单位，若 CRS 以度为单位则视为米。在以度为单位的 CRS 中，长度按栅格中心的纬度计算。结果与分块无关。若两者的 CRS 都注明了高程基准（大地水准面、椭球面），DTM 的高度会转换到 DSM 的高程基准；若其中之一未注明，则视为基准相同。</translation>
  </message>
  <message>
   <source>A DTM or INTENSITY on other pixels or in another CRS is interpolated onto those of DSM.</source>
   <translation>像元或 CRS 不同的 DTM 或 INTENSITY 会插值到 DSM 的像元上。</translation>
  </message>
  <message>
   <source>canopy height</source>
   <translation>冠层高度</translation>
  </message>
  <message>
   <source>Surface model (DSM)</source>
   <translation>表面模型（DSM）</translation>
  </message>
  <message>
   <source>Heights of the surface with buildings and trees, one band. The result has its pixels.</source>
   <translation>含建筑物和树木的表面高度，单波段。结果采用其像元。</translation>
  </message>
  <message>
   <source>Terrain model (DTM)</source>
   <translation>地形模型（DTM）</translation>
  </message>
  <message>
   <source>Heights of the bare ground, one band. Empty: estimated from DSM, see GROUND_WINDOW.</source>
   <translation>裸露地面的高度，单波段。留空：由 DSM 估计，见 GROUND_WINDOW。</translation>
  </message>
  <message>
   <source>Strength of the LiDAR's echoes, one band. Empty: no bands of intensity.</source>
   <translation>LiDAR 回波的强度，单波段。留空：不输出强度波段。</translation>
  </message>
  <message>
   <source>Headers of DTM and INTENSITY are compared with DSM. warn: other pixels or another CRS are followed by bilinear interpolation at true positions, with a warning where that matters. correct: the same, and a rotated grid is warped. fail: stop unless the grids nest. Rasters that share no pixel stop the run.</source>
   <translation>将 DTM 和 INTENSITY 的头信息与 DSM 比较。warn：像元或 CRS 不同时，在真实位置上作双线性插值，有影响时发出警告。correct：同上，并对旋转的格网作变形校正。fail：除非格网嵌套，否则停止运行。没有公共像元的栅格会使运行停止。</translation>
  </message>
  <message>
   <source>all of DSM</source>
   <translation>整个 DSM</translation>
  </message>
  <message>
   <source>Number of bands</source>
   <translation>波段数</translation>
  </message>
  <message>
   <source>Names of the bands, one line each</source>
   <translation>波段名称，每行一个</translation>
  </message>
  <message>
   <source>A network of your own</source>
   <translation>您自己的网络</translation>
  </message>
  <message>
   <source>Compute every so many pixels (1 = all)</source>
   <translation>每隔多少像元计算一次（1 = 全部）</translation>
  </message>
  <message>
   <source>For networks that take a window around each pixel. With 3, the middle pixel of each block of 3 x 3 is computed and the block gets its values: nine times as fast. Other networks need 1.</source>
   <translation>用于以每个像元周围的窗口为输入的网络。取 3 时，计算每个 3 x 3 像元块的中心像元，整块采用其值：速度为九倍。其他网络须为 1。</translation>
  </message>
  <message>
   <source>Raster %1</source>
   <translation>栅格 %1</translation>
  </message>
  <message>
   <source>What the card of the network names so; any number of bands.</source>
   <translation>网络的模型卡中如此命名的栅格；波段数不限。</translation>
  </message>
  <message>
   <source>Run a network</source>
   <translation>运行网络</translation>
  </message>
  <message>
   <source>Runs a network that fits no other algorithm here: unmixing, prediction in time, regression, super-resolution, or whatever takes one to four rasters and gives bands. Its card says how each raster is fed, see rsfusion:describemodel.</source>
   <translation>运行不适于此处其他算法的网络：解混、时空预测、回归、超分辨率，或任何使用一至四个栅格并输出波段的网络。其模型卡说明各栅格如何输入，见 rsfusion:describemodel。</translation>
  </message>
  <message>
   <source>The result lies on the grid of the first input of the card. It has the bands of all outputs that the card names, as floating-point numbers, unless DATA_TYPE says otherwise. Where an output is like an input, it has the units of that raster.</source>
   <translation>结果位于模型卡第一个输入的格网上。它含有模型卡所列全部输出的波段，为浮点数，除非 DATA_TYPE 另有指定。若某个输出与某个输入相同，则采用该栅格的单位。</translation>
  </message>
  <message>
   <source>What was found about the rasters, and what the network costs, as a page for the browser.</source>
   <translation>栅格检查结果以及网络的开销，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Measures the quality of a fused raster, beside that of plain interpolation.</source>
   <translation>测量融合栅格的质量，并与单纯插值对照。</translation>
  </message>
  <message>
   <source>PROTOCOL says against what. reference: FUSED against the true image. full_resolution: FUSED against the PAN and MS that it was made of, without a reference. wald: PAN and MS are made coarser by their ratio, with the sensor's blur, the chosen network fuses them, and the result is compared with the original MS: an honest estimate on your own scene, beside the classical methods. For a hyperspectral MS, or a PAN of several bands, the methods of rsfusion:sharpenhyperspectral are compared instead. abundances: FUSED are shares of classes (rsfusion:unmix), REFERENCE the true shares, with the same names of bands; endmembers may be compared, too.</source>
   <translation>PROTOCOL 指定以什么为基准。reference：FUSED 与真值影像比较。full_resolution：FUSED 与生成它的 PAN 和 MS 比较，无需参考。wald：按传感器的模糊将 PAN 和 MS 依其像元大小比降低分辨率，由所选网络融合，再将结果与原始 MS 比较：这是在您自己的影像上的如实估计，并与经典方法对照。对于高光谱 MS 或多波段 PAN，改为比较 rsfusion:sharpenhyperspectral 的各种方法。abundances：FUSED 为类别丰度（rsfusion:unmix），REFERENCE 为真实丰度，波段名称相同；还可比较端元。</translation>
  </message>
  <message>
   <source>Results that the protocol does not measure are -1.</source>
   <translation>该协议不测量的结果为 -1。</translation>
  </message>
  <message>
   <source>Assess fusion quality</source>
   <translation>评价融合质量</translation>
  </message>
  <message>
   <source>MS repeats every pixel in blocks of %1, from column %2, row %3, of '%4' on</source>
   <translation>从 '%4' 的第 %2 列、第 %3 行起，MS 的每个像元按 %1 的块重复</translation>
  </message>
  <message>
   <source>native pixels</source>
   <translation>原始像元</translation>
  </message>
  <message>
   <source>give MS as it was delivered, before it was resampled onto PAN</source>
   <translation>请提供原始交付的 MS，即重采样到 PAN 之前的数据</translation>
  </message>
  <message>
   <source>%1, and they repeat in blocks of %2; %3, so switch %4 on, or %5.</source>
   <translation>%1，并按 %2 的块重复；%3，因此请启用 %4，或者%5。</translation>
  </message>
  <message>
   <source>%1; one pixel of each block is read</source>
   <translation>%1；每块读取一个像元</translation>
  </message>
  <message>
   <source>MS has pixels as small as those of PAN</source>
   <translation>MS 的像元与 PAN 的一样小</translation>
  </message>
  <message>
   <source>expected MS in its own, coarser pixels</source>
   <translation>MS 应采用其自身较粗的像元</translation>
  </message>
  <message>
   <source>%1, %2; %3, so %4.</source>
   <translation>%1，%2；%3，因此%4。</translation>
  </message>
  <message>
   <source>and %1 finds no blocks in which they repeat</source>
   <translation>且 %1 未找到使像元重复的块</translation>
  </message>
  <message>
   <source>so it was resampled onto PAN</source>
   <translation>因此它已被重采样到 PAN 上</translation>
  </message>
  <message>
   <source>%1: the blocks in which MS repeats begin at column %2, row %3; expected 0 and 0 without georeferencing, so crop PAN and MS alike or georeference both.</source>
   <translation>%1：MS 重复的块始于第 %2 列、第 %3 行；没有地理参考时应为 0 和 0，因此请对 PAN 和 MS 作相同的裁剪，或为两者建立地理参考。</translation>
  </message>
  <message>
   <source>DETAIL is '%1'; expected one of %2.</source>
   <translation>DETAIL 为 '%1'；应为以下之一：%2。</translation>
  </message>
  <message>
   <source>Make the result consistent with MS</source>
   <translation>使结果与 MS 一致</translation>
  </message>
  <message>
   <source>Seen as blurred as MS, and at its pixels, the result then gives MS back. How blurred MS is, SENSOR or GAINS say; if not, the result of a network shows it. auto: where the rasters allow it. off: as it was fused.</source>
   <translation>将结果模糊到与 MS 相同的程度并按 MS 的像元采样，即可还原 MS。MS 的模糊程度由 SENSOR 或 GAINS 给出；否则由网络的结果得出。auto：在栅格允许时执行。off：保持融合时的结果。</translation>
  </message>
  <message>
   <source>Recover the coarse pixels of MS</source>
   <translation>恢复 MS 的粗像元</translation>
  </message>
  <message>
   <source>For an MS that was resampled onto the pixels of PAN before, by the nearest neighbour: every pixel then repeats in blocks. The blocks are found, and one pixel of each is read. An MS that was interpolated cannot be recovered. Does nothing where MS has larger pixels than PAN.</source>
   <translation>用于此前已按最近邻法重采样到 PAN 像元上的 MS：此时每个像元成块重复。程序找出这些块，并从每块读取一个像元。经过插值的 MS 无法恢复。若 MS 的像元大于 PAN，则不起作用。</translation>
  </message>
  <message>
   <source>Says how blurred the bands are (gain of the modulation transfer function at the Nyquist frequency). auto: the one that the metadata beside MS or PAN name, as providers deliver them (IMD, MTL, DIM files), or generic. generic: 0.30 for the multispectral bands, 0.15 for the panchromatic one.</source>
   <translation>说明波段的模糊程度（奈奎斯特频率处调制传递函数的增益）。auto：采用 MS 或 PAN 旁的元数据（数据商提供的 IMD、MTL、DIM 文件）所注明的传感器，否则为 generic。generic：多光谱波段为 0.30，全色波段为 0.15。</translation>
  </message>
  <message>
   <source>MTF gains of MS at Nyquist (instead of the sensor's)</source>
   <translation>MS 在奈奎斯特频率处的 MTF 增益（替代传感器的值）</translation>
  </message>
  <message>
   <source>One number for all bands or one per band, separated by commas, between 0 and 1, for example 0.34,0.32,0.30,0.22.</source>
   <translation>所有波段共用一个数值，或每个波段一个、以逗号分隔，介于 0 和 1 之间，例如 0.34,0.32,0.30,0.22。</translation>
  </message>
  <message>
   <source>MTF gain of PAN at Nyquist (instead of the sensor's)</source>
   <translation>PAN 在奈奎斯特频率处的 MTF 增益（替代传感器的值）</translation>
  </message>
  <message>
   <source>Between 0 and 1. Empty: the sensor's.</source>
   <translation>介于 0 和 1 之间。留空：采用传感器的值。</translation>
  </message>
  <message>
   <source>Detail of the colours</source>
   <translation>色彩细节</translation>
  </message>
  <message>
   <source>clean: colours are as sharp as MS shows them, and change where PAN shows an edge. strong: colours are made as sharp as MS and SENSOR allow. They come nearer to what MS measured, but bright edges may ring, and noise becomes visible. balanced: between the two.</source>
   <translation>clean：色彩的锐利程度与 MS 所示相同，并在 PAN 出现边缘处变化。strong：在 MS 和 SENSOR 允许的范围内使色彩尽可能锐利。结果更接近 MS 的测量值，但明亮边缘可能出现振铃，噪声也会显现。balanced：介于两者之间。</translation>
  </message>
  <message>
   <source>Views to average (1, 2, 4 or 8)</source>
   <translation>取平均的视图数（1、2、4 或 8）</translation>
  </message>
  <message>
   <source>The network fuses every tile as it lies and turned or mirrored, and the answers are averaged: somewhat better, and as many times slower.</source>
   <translation>网络对每个分块按原样以及旋转或镜像后分别融合，再将结果平均：效果略好，耗时也按倍数增加。</translation>
  </message>
  <message>
   <source>Panchromatic raster</source>
   <translation>全色栅格</translation>
  </message>
  <message>
   <source>One band, the finer pixels. Its grid is the grid of the result.</source>
   <translation>单波段，像元较细。结果采用其格网。</translation>
  </message>
  <message>
   <source>One or more bands, the coarser pixels.</source>
   <translation>一个或多个波段，像元较粗。</translation>
  </message>
  <message>
   <source>What was found about the rasters, how they were fused, and how good the result is beside plain interpolation, as a page for the browser.</source>
   <translation>栅格检查结果、融合方式，以及结果相对于单纯插值的优劣，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>The headers are compared, and the shift between the images is measured. correct: MS is moved by the measured shift, so that it lies on PAN, and a rotated grid is warped. PAN stays as it is. If the shift cannot be measured with confidence, MS stays where it is. warn: both stay where their georeferencing says, and the run warns of a shift. fail: the run stops unless the grids nest and the images are as well aligned as the fusion needs.</source>
   <translation>比较各栅格的头信息，并测量影像间的偏移。correct：按测得的偏移移动 MS，使其与 PAN 重合，旋转的格网经变形校正。PAN 保持不变。若无法可靠地测量偏移，MS 也保持原位。warn：两者均按其地理参考放置，有偏移时发出警告。fail：除非格网嵌套且影像的对齐程度满足融合要求，否则停止运行。</translation>
  </message>
  <message>
   <source>mtf_glp_fs: detail by each band's blur. gsa: Gram-Schmidt adaptive. bt_h: Brovey with haze correction. exp: interpolation only.</source>
   <translation>mtf_glp_fs：按各波段的模糊提取细节。gsa：自适应 Gram-Schmidt。bt_h：带雾霾校正的 Brovey。exp：仅插值。</translation>
  </message>
  <message>
   <source>Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of PAN, with a neural network. It takes any sensor, any number of bands, 8 or 16 bit or float values, and pixel size ratios from 1.5 to 8.</source>
   <translation>用神经网络将全色（PAN）栅格和多光谱（MS）栅格融合为具有 PAN 分辨率的多光谱栅格。适用于任意传感器、任意波段数、8 位、16 位或浮点值，像元大小比 1.5 至 8。</translation>
  </message>
  <message>
   <source>DETAIL says how sharp the colours become: clean, balanced or strong. SENSOR says how blurred MS is; with that, the result is made consistent with MS. The result lies on the pixels of PAN. Where the two are not aligned, MS is moved onto PAN, or the run warns or stops, as COREGISTRATION says.</source>
   <translation>DETAIL 决定色彩的锐利程度：clean、balanced 或 strong。SENSOR 说明 MS 的模糊程度；据此使结果与 MS 一致。结果位于 PAN 的像元上。若两者未对齐，则按 COREGISTRATION 的设定将 MS 移到 PAN 上，或发出警告，或停止运行。</translation>
  </message>
  <message>
   <source>The result keeps the data type, band names, wavelengths, scale and offset of MS.</source>
   <translation>结果保留 MS 的数据类型、波段名称、波长、缩放系数和偏置。</translation>
  </message>
  <message>
   <source>Pansharpen (classical methods)</source>
   <translation>全色锐化（经典方法）</translation>
  </message>
  <message>
   <source>Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of PAN, by a classical method. It needs no network and no ONNX Runtime.</source>
   <translation>用经典方法将全色（PAN）栅格和多光谱（MS）栅格融合为具有 PAN 分辨率的多光谱栅格。不需要网络和 ONNX Runtime。</translation>
  </message>
  <message>
   <source>METHOD is one of: mtf_glp_fs (the detail that each band's own blur hides in PAN, the best of them on most scenes), gsa (component substitution: PAN takes the place of an intensity made of the bands; bears small shifts between the rasters), bt_h (Brovey with haze correction: keeps the ratios between the bands), exp (plain interpolation, for comparison). SENSOR or GAINS say how blurred MS is.</source>
   <translation>METHOD 可选：mtf_glp_fs（提取 PAN 中因各波段自身模糊而缺失的细节，在多数影像上效果最好）、gsa（成分替换：用 PAN 替换由各波段合成的强度；可容忍栅格间的微小偏移）、bt_h（带雾霾校正的 Brovey：保持波段间的比值）、exp（单纯插值，供比较）。SENSOR 或 GAINS 说明 MS 的模糊程度。</translation>
  </message>
  <message>
   <source>Any number of bands, 8 or 16 bit or float, pixel size ratios from 1.5 to 8. Statistics come from the whole area that the rasters share, whatever the extent and the tiles (above 33 million pixels: from blocks spread over it). The result lies on the pixels of PAN. Where the two are not aligned, MS is moved onto PAN, or the run warns or stops, as COREGISTRATION says. The result keeps the data type, band names, wavelengths, scale and offset of MS.</source>
   <translation>波段数不限，8 位、16 位或浮点，像元大小比 1.5 至 8。统计量取自两个栅格共有的整个区域，与范围和分块无关（超过 3300 万像元时：取自分布于其中的区块）。结果位于 PAN 的像元上。若两者未对齐，则按 COREGISTRATION 的设定将 MS 移到 PAN 上，或发出警告，或停止运行。结果保留 MS 的数据类型、波段名称、波长、缩放系数和偏置。</translation>
  </message>
  <message>
   <source>laplacian pyramid</source>
   <translation>拉普拉斯金字塔</translation>
  </message>
  <message>
   <source>component substitution</source>
   <translation>成分替换</translation>
  </message>
  <message>
   <source>Tunes a pansharpening network to one pair of PAN and MS, on that pair alone, and writes the tuned network as an ordinary .onnx file for rsfusion:pansharpen. Wald's protocol makes a reference out of MS; beside it the network learns to agree with both rasters at full resolution. First a mixture of details is found in closed form, then training goes on from there. Blocks of the pair are held out: they say when to stop and whether the network got better at all. If it did not, or if the pair is too small to be made coarser, OUTPUT is the starting network, and IMPROVED is 0. Results that were not measured are -1.</source>
   <translation>仅用一对 PAN 和 MS 微调全色锐化网络，并将微调后的网络写成普通的 .onnx 文件，供 rsfusion:pansharpen 使用。按 Wald 协议由 MS 得到参考；同时，网络还学习在全分辨率下与两个栅格保持一致。先由闭式解求出细节的混合方式，再从此处继续训练。影像对的若干区块被留出，用来判断何时停止以及网络是否确有改进。如果没有改进，或影像对太小而无法降低分辨率，OUTPUT 为起始网络，IMPROVED 为 0。未测得的结果为 -1。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion. Written into your own folder of networks, the result stands in the list of rsfusion:pansharpen. Of a pair above 1280 pixels, nine areas are used.</source>
   <translation>训练需要 Python 包 torch 和 onnx；训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。结果若写入用户网络文件夹，就会出现在 rsfusion:pansharpen 的列表中。影像对超过 1280 像元时，只使用其中九个区域。</translation>
  </message>
  <message>
   <source>ERGAS of the reduced pair</source>
   <translation>降分辨率影像对的 ERGAS</translation>
  </message>
  <message>
   <source>SAM of the reduced pair, degrees</source>
   <translation>降分辨率影像对的 SAM（度）</translation>
  </message>
  <message>
   <source>Relative error of the result seen at the scale of MS, in the units of ERGAS</source>
   <translation>结果在 MS 尺度上的相对误差（以 ERGAS 为单位）</translation>
  </message>
  <message>
   <source>D_lambda_K at full resolution</source>
   <translation>全分辨率下的 D_lambda_K</translation>
  </message>
  <message>
   <source>D_rho at full resolution</source>
   <translation>全分辨率下的 D_rho</translation>
  </message>
  <message>
   <source>Reading the pair and measuring come on top of them. Five on two cores are a good start.</source>
   <translation>读取影像对和测量的时间另计。起初可在双核上训练五分钟。</translation>
  </message>
  <message>
   <source>Adapt a pansharpening network</source>
   <translation>微调全色锐化网络</translation>
  </message>
  <message>
   <source>Adapted network</source>
   <translation>微调后的网络</translation>
  </message>
  <message>
   <source>An .onnx file with a card that names the starting network and the numbers before and after. The file appears only when the run succeeds.</source>
   <translation>带模型卡的 .onnx 文件，模型卡注明起始网络及微调前后的数值。仅当运行成功时才生成该文件。</translation>
  </message>
  <message>
   <source>1 where the network got better, else 0</source>
   <translation>网络有改进时为 1，否则为 0</translation>
  </message>
  <message>
   <source>%1, held-out blocks, %2</source>
   <translation>%1，留出区块，%2</translation>
  </message>
  <message>
   <source>Best quality (pansharpening_basis_v2)</source>
   <translation>质量最佳（pansharpening_basis_v2）</translation>
  </message>
  <message>
   <source>Fast (pansharpening_fast_v5)</source>
   <translation>快速（pansharpening_fast_v5）</translation>
  </message>
  <message>
   <source>MTF-GLP-FS: multiresolution, gains for the full scale</source>
   <translation>MTF-GLP-FS：多分辨率，全尺度增益</translation>
  </message>
  <message>
   <source>BT-H: Brovey with haze correction</source>
   <translation>BT-H：带雾霾校正的 Brovey</translation>
  </message>
  <message>
   <source>Interpolation only</source>
   <translation>仅插值</translation>
  </message>
  <message>
   <source>Clean colours</source>
   <translation>色彩纯净</translation>
  </message>
  <message>
   <source>Strong detail</source>
   <translation>细节强</translation>
  </message>
  <message>
   <source>Yes, as far as noise allows</source>
   <translation>是，在噪声允许的范围内</translation>
  </message>
  <message>
   <source>Yes, always</source>
   <translation>是，始终</translation>
  </message>
  <message>
   <source>Against the true image: needs the fused raster and the reference</source>
   <translation>与真值影像比较：需要融合栅格和参考栅格</translation>
  </message>
  <message>
   <source>Without a reference: needs the fused raster, PAN and MS</source>
   <translation>无参考：需要融合栅格、PAN 和 MS</translation>
  </message>
  <message>
   <source>Wald's protocol, on the reduced pair: needs PAN, MS and a network</source>
   <translation>Wald 协议，在降低分辨率的影像对上：需要 PAN、MS 和一个网络</translation>
  </message>
  <message>
   <source>Density of points of interest</source>
   <translation>兴趣点密度</translation>
  </message>
  <message>
   <source>A layer of points or polygons, or OpenStreetMap data (.osm.pbf). A polygon counts as a point inside it.</source>
   <translation>点图层或多边形图层，或 OpenStreetMap 数据（.osm.pbf）。多边形按其内部的一个点计。</translation>
  </message>
  <message>
   <source>Field with the category</source>
   <translation>类型字段</translation>
  </message>
  <message>
   <source>One band for each value. Empty: by TAGS; without these, all points are one category.</source>
   <translation>每个值一个波段。留空：由 TAGS 决定；两者均无时，所有点属于同一类型。</translation>
  </message>
  <message>
   <source>Such as 'food: amenity=cafe|restaurant; shops: shop=*'. Keys are the tags of OpenStreetMap, or fields of the layer; * stands for any value; a comma joins several keys. The first category that fits counts. Empty, for OpenStreetMap data: fifteen common categories.</source>
   <translation>例如 'food: amenity=cafe|restaurant; shops: shop=*'。键为 OpenStreetMap 的标签，或图层的字段；* 表示任意值；逗号连接多个键。以第一个符合的类型为准。对 OpenStreetMap 数据留空时：十五种常用类型。</translation>
  </message>
  <message>
   <source>How far a point is felt: standard deviation of the Gaussian kernel, radius of the quartic one.</source>
   <translation>点的影响范围：高斯核为标准差，四次核为半径。</translation>
  </message>
  <message>
   <source>gaussian: smooth, felt up to four bandwidths. quartic: ends at one bandwidth, as in most heat maps.</source>
   <translation>gaussian：平滑，影响可达四倍带宽。quartic：止于一倍带宽，与多数热力图相同。</translation>
  </message>
  <message>
   <source>Make up for what lies beyond the edge</source>
   <translation>补偿边缘以外的部分</translation>
  </message>
  <message>
   <source>Nobody knows which points lie beyond the raster, so the density is divided by the share of the kernel that lies on it, and points beyond it are left out. Off: points beyond the edge count, and nothing is made up for.</source>
   <translation>栅格以外有哪些点无从得知，因此密度除以核函数落在栅格内的比例，栅格以外的点不计入。关闭：边缘以外的点计入，且不作补偿。</translation>
  </message>
  <message>
   <source>Also the distance to the nearest point</source>
   <translation>同时输出到最近点的距离</translation>
  </message>
  <message>
   <source>A further band for each category, metres.</source>
   <translation>每个类型增加一个波段，单位为米。</translation>
  </message>
  <message>
   <source>Fields whose local mean is made instead</source>
   <translation>改为生成局部均值的字段</translation>
  </message>
  <message>
   <source>Names of fields of numbers with commas between them, such as what a network saw in street-view images; * for all. Each band is the mean of one field over the points around, near ones counting more; a pixel without a point in reach has no data. Categories are not made then.</source>
   <translation>数值字段的名称，以逗号分隔，例如网络从街景影像中识别的内容；* 表示全部。每个波段为一个字段在周围各点上的均值，近处的点权重更大；影响范围内没有点的像元为无数据。此时不生成类型波段。</translation>
  </message>
  <message>
   <source>Field with the weight of a point</source>
   <translation>点的权重字段</translation>
  </message>
  <message>
   <source>A number above zero, such as visitors or floors. Empty: each counts 1. Points without such a number are left out.</source>
   <translation>大于零的数值，例如访客数或楼层数。留空：每个点计为 1。没有此类数值的点不计入。</translation>
  </message>
  <message>
   <source>points per km2</source>
   <translation>每 km2 点数</translation>
  </message>
  <message>
   <source>density of points</source>
   <translation>点密度</translation>
  </message>
  <message>
   <source>points</source>
   <translation>点</translation>
  </message>
  <message>
   <source>POINTS is missing; name a layer of points.</source>
   <translation>缺少 POINTS；请指定点图层。</translation>
  </message>
  <message>
   <source>VALUE_FIELDS and %1 are given; expected one of them, since local means have no categories, weights or distances.</source>
   <translation>给出了 VALUE_FIELDS 和 %1；应只给出其中之一，因为局部均值没有类型、权重或距离。</translation>
  </message>
  <message>
   <source>%1 has %2; expected a projected CRS, since BANDWIDTH is in metres, so reproject it first (Raster &gt; Projections &gt; Warp).</source>
   <translation>%1 的 CRS 为 %2；由于 BANDWIDTH 以米为单位，应为投影 CRS，因此请先将其重投影（栅格 &gt; 投影 &gt; 变形 (重投影)）。</translation>
  </message>
  <message>
   <source>POINTS has no point with a category on %1; check its CRS, and that both show one area.</source>
   <translation>POINTS 在 %1 上没有具有类型的点；请检查其 CRS，以及两者是否为同一区域。</translation>
  </message>
  <message>
   <source>%1 points have numbers</source>
   <translation>%1 个点有数值</translation>
  </message>
  <message>
   <source>%1 points count: %2</source>
   <translation>计入 %1 个点：%2</translation>
  </message>
  <message>
   <source>%1 features %2 were left out</source>
   <translation>%1 个要素未计入，原因：%2</translation>
  </message>
  <message>
   <source>%1 points beyond the raster were left out</source>
   <translation>栅格以外的 %1 个点未计入</translation>
  </message>
  <message>
   <source>distance to %1</source>
   <translation>到 %1 的距离</translation>
  </message>
  <message>
   <source>mean of %1</source>
   <translation>%1 的均值</translation>
  </message>
  <message>
   <source>How many points has each category?</source>
   <translation>各类型有多少个点？</translation>
  </message>
  <message>
   <source>made up for</source>
   <translation>有补偿</translation>
  </message>
  <message>
   <source>not made up for</source>
   <translation>无补偿</translation>
  </message>
  <message>
   <source>What do the points tell?</source>
   <translation>点提供了什么信息？</translation>
  </message>
  <message>
   <source>mean per km²</source>
   <translation>每 km² 平均数</translation>
  </message>
  <message>
   <source>Makes a raster of how densely points lie: one band for each category, in points per square kilometre, on the pixels of GRID. Such a raster is one more input (POI) for rsfusion:trainclassifier, rsfusion:trainsegmenter and rsfusion:trainregressor, and tells how an area is used where an image only tells what covers it.</source>
   <translation>生成表示点密集程度的栅格：每个类型一个波段，单位为每平方千米点数，采用 GRID 的像元。这种栅格可作为 rsfusion:trainclassifier、rsfusion:trainsegmenter 和 rsfusion:trainregressor 的另一项输入（POI），它说明区域的用途，而影像只能说明其覆盖物。</translation>
  </message>
  <message>
   <source>POINTS is any layer of points or polygons, or OpenStreetMap data (.osm.pbf). CATEGORY_FIELD or TAGS say what belongs together. BANDWIDTH says how far a point is felt. Near the edge of the raster, the density is divided by the share of the kernel that lies on it (EDGES). DISTANCES adds bands with the distance to the nearest point. WEIGHT_FIELD lets some points count more than others.</source>
   <translation>POINTS 为任意点图层或多边形图层，或 OpenStreetMap 数据（.osm.pbf）。CATEGORY_FIELD 或 TAGS 说明哪些点归为一类。BANDWIDTH 说明点的影响范围。在栅格边缘附近，密度除以核函数落在栅格内的比例（EDGES）。DISTANCES 增加到最近点距离的波段。WEIGHT_FIELD 使某些点的权重高于其他点。</translation>
  </message>
  <message>
   <source>The result does not depend on the tiles. It is Float32, with NaN where GRID has no data.</source>
   <translation>结果与分块无关。数据类型为 Float32，GRID 无数据处为 NaN。</translation>
  </message>
  <message>
   <source>kernel density</source>
   <translation>核密度</translation>
  </message>
  <message>
   <source>heat map</source>
   <translation>热力图</translation>
  </message>
  <message>
   <source>Raster that gives the grid</source>
   <translation>提供格网的栅格</translation>
  </message>
  <message>
   <source>The result has its pixels. Its values are not used.</source>
   <translation>结果采用其像元。不使用其值。</translation>
  </message>
  <message>
   <source>Density of points</source>
   <translation>点密度</translation>
  </message>
  <message>
   <source>Points of each category, and how the densities were made, as a page for the browser.</source>
   <translation>各类型的点以及密度的生成方式，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>There is one raster only, so this has no effect.</source>
   <translation>只有一个栅格，因此不起作用。</translation>
  </message>
  <message>
   <source>all of GRID</source>
   <translation>整个 GRID</translation>
  </message>
  <message>
   <source>Categories, in the order of the bands, separated by commas</source>
   <translation>类型，按波段顺序，以逗号分隔</translation>
  </message>
  <message>
   <source>Number of points that count</source>
   <translation>计入的点数</translation>
  </message>
  <message>
   <source>INTERVAL is given, but MODEL '%1' tells no interval; leave it empty, or take a network of rsfusion:trainregressor.</source>
   <translation>给出了 INTERVAL，但 MODEL '%1' 不给出区间；请将其留空，或采用 rsfusion:trainregressor 训练的网络。</translation>
  </message>
  <message>
   <source>%1, low end</source>
   <translation>%1，下限</translation>
  </message>
  <message>
   <source>%1, high end</source>
   <translation>%1，上限</translation>
  </message>
  <message>
   <source>A number for every pixel: biomass</source>
   <translation>逐像素数值：生物量</translation>
  </message>
  <message>
   <source>Estimate: %1</source>
   <translation>估计值：%1</translation>
  </message>
  <message>
   <source>Share of the pixels with data by the estimate; the numbers are the middles of the bars.</source>
   <translation>有数据像元按估计值的占比；数字为各柱的中点。</translation>
  </message>
  <message>
   <source>What was estimated?</source>
   <translation>估计了什么？</translation>
  </message>
  <message>
   <source>No pixel has data.</source>
   <translation>没有像元有数据。</translation>
  </message>
  <message>
   <source>mean width of the interval</source>
   <translation>区间的平均宽度</translation>
  </message>
  <message>
   <source>How good was it in its training?</source>
   <translation>训练时的效果如何？</translation>
  </message>
  <message>
   <source>Any number of bands; also an aerial image.</source>
   <translation>波段数不限；也可为航空影像。</translation>
  </message>
  <message>
   <source>Densities, distances or local means of points, as rsfusion:poidensity makes them.</source>
   <translation>点的密度、距离或局部均值，由 rsfusion:poidensity 生成。</translation>
  </message>
  <message>
   <source>Estimate a number</source>
   <translation>估计数值</translation>
  </message>
  <message>
   <source>Estimates a number for every pixel, such as biomass, canopy height or the share of sealed ground, with what rsfusion:trainregressor made (or a network of your own), from the rasters that it was trained on: hyperspectral (HS), LiDAR, multispectral (MS), SAR, points of interest, or several of them. The result lies on the grid of the raster on whose grid it was trained; the others are brought onto it. Where a raster that it can do without has no data, or is not given at all, the others decide, and the interval becomes wider.</source>
   <translation>用 rsfusion:trainregressor 的训练结果（或您自备的网络）为每个像元估计一个数值，例如生物量、冠层高度或不透水面比例，输入为其训练时所用的栅格：高光谱（HS）、LiDAR、多光谱（MS）、SAR、兴趣点，或其中几种。结果位于训练时所用格网的栅格上；其他栅格转换到该格网。对于可以缺省的栅格，若其无数据或未给出，则由其他栅格决定，区间随之变宽。</translation>
  </message>
  <message>
   <source>OUTPUT is the estimate. INTERVAL has two bands, between which the truth lies as often as was asked for in the training, as long as the scene is like that of the training.</source>
   <translation>OUTPUT 为估计值。INTERVAL 有两个波段，只要影像与训练时的相似，真值落在两者之间的频率即为训练时所要求的。</translation>
  </message>
  <message>
   <source>What was found about the rasters, how the number was estimated, and how it is spread, as a page for the browser.</source>
   <translation>栅格检查结果、数值的估计方式及其分布，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Mean of the estimate</source>
   <translation>估计值的均值</translation>
  </message>
  <message>
   <source>Lowest estimate</source>
   <translation>最低估计值</translation>
  </message>
  <message>
   <source>Highest estimate</source>
   <translation>最高估计值</translation>
  </message>
  <message>
   <source>Two bands: the low and the high end, between which the truth lies with the probability that was asked for in the training.</source>
   <translation>两个波段：下限和上限，真值以训练时所要求的概率落在两者之间。</translation>
  </message>
  <message>
   <source>Trains a method that estimates a number for every pixel, such as biomass, canopy height or the share of sealed ground, from samples of your own scene: polygons or points with a field of numbers (SAMPLES and VALUE_FIELD), or a raster (VALUES) that may cover a part of the area only. The rasters are hyperspectral (HS), LiDAR, multispectral (MS), SAR, points of interest, one or more of them. OUTPUT is an ordinary .onnx file for rsfusion:regress.</source>
   <translation>由您自己影像的样本训练为每个像元估计一个数值的方法，例如生物量、冠层高度或不透水面比例。样本为带数值字段的多边形或点（SAMPLES 和 VALUE_FIELD），或可以只覆盖部分区域的栅格（VALUES）。栅格为高光谱（HS）、LiDAR、多光谱（MS）、SAR、兴趣点中的一种或几种。OUTPUT 为普通的 .onnx 文件，供 rsfusion:regress 使用。</translation>
  </message>
  <message>
   <source>The accuracy is measured by blocked cross-validation: blocks of the map are left out in turn. R2, RMSE and BIAS are those of the blocks that were left out, and stand in the report, in the network's card and in the results. The interval of each estimate is set by these errors, and its coverage is measured on further blocks.</source>
   <translation>精度由分区块交叉验证测得：依次留出地图的各区块。R2、RMSE 和 BIAS 为留出区块的值，写入报告、网络的模型卡和结果。每个估计值的区间由这些误差确定，其覆盖率在另外的区块上测量。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx, and scikit-learn for the forest; it runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion.</source>
   <translation>训练需要 Python 包 torch 和 onnx，forest 还需要 scikit-learn；训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。</translation>
  </message>
  <message>
   <source>R², in blocks that were left out</source>
   <translation>R²，留出区块</translation>
  </message>
  <message>
   <source>Root mean square error there</source>
   <translation>均方根误差，留出区块</translation>
  </message>
  <message>
   <source>Mean of estimate minus truth there</source>
   <translation>估计值减真值的均值，留出区块</translation>
  </message>
  <message>
   <source>Root mean square error of the mean of all samples there</source>
   <translation>以所有样本的均值作估计时的均方根误差，留出区块</translation>
  </message>
  <message>
   <source>Share of the truth within the interval there</source>
   <translation>真值落在区间内的比例，留出区块</translation>
  </message>
  <message>
   <source>Mean width of the interval there</source>
   <translation>区间的平均宽度，留出区块</translation>
  </message>
  <message>
   <source>Pixels with a number</source>
   <translation>有数值的像元数</translation>
  </message>
  <message>
   <source>forest: a random forest; krr: kernel ridge regression; plsr: partial least squares, for many bands and few samples. The others are the networks of rsfusion:trainclassifier, which here learn the distribution of the number over bins.</source>
   <translation>forest：随机森林；krr：核岭回归；plsr：偏最小二乘，适用于波段多而样本少的情形。其余为 rsfusion:trainclassifier 的网络，在此学习数值在各分箱上的分布。</translation>
  </message>
  <message>
   <source>All folds of the cross-validation together. forest, krr and plsr take what they need, mostly less.</source>
   <translation>交叉验证的所有折合计。forest、krr 和 plsr 按需使用，通常更少。</translation>
  </message>
  <message>
   <source>Share of the truth that the interval shall hold</source>
   <translation>区间应包含的真值比例</translation>
  </message>
  <message>
   <source>The width is set by errors in blocks that were left out.</source>
   <translation>宽度由留出区块的误差确定。</translation>
  </message>
  <message>
   <source>Raster on whose grid the estimate lies</source>
   <translation>估计值所在格网的栅格</translation>
  </message>
  <message>
   <source>Where such a raster has no data, or is not given at all, rsfusion:regress estimates by the others. any: each of them, as long as another one is there.</source>
   <translation>这样的栅格无数据或未给出时，rsfusion:regress 由其他栅格估计。any：其中任何一个，只要还有另一个。</translation>
  </message>
  <message>
   <source>Folds of the cross-validation</source>
   <translation>交叉验证的折数</translation>
  </message>
  <message>
   <source>Blocks of the map are dealt out to so many parts, and each part is left out once.</source>
   <translation>将地图的区块划分为这么多份，每份留出一次。</translation>
  </message>
  <message>
   <source>Side of a block (pixels; 0 = by the samples)</source>
   <translation>区块边长（像元；0 = 由样本决定）</translation>
  </message>
  <message>
   <source>Samples of a block are never on both sides. Take it larger than the distance over which errors are alike.</source>
   <translation>同一区块的样本不会分在两边。请取大于误差相似距离的值。</translation>
  </message>
  <message>
   <source>Of the folds and of everything that is drawn at random.</source>
   <translation>用于交叉验证折的划分和一切随机抽取。</translation>
  </message>
  <message>
   <source>Train an estimate of a number</source>
   <translation>训练数值估计</translation>
  </message>
  <message>
   <source>Accuracy in blocks that were left out, a scatter plot, the coverage of the intervals, and what was learned from, as a page for the browser.</source>
   <translation>留出区块的精度、散点图、区间的覆盖率，以及学习所用的数据，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>As in rsfusion:regress. Take the same there as here.</source>
   <translation>同 rsfusion:regress。两处请采用相同的设置。</translation>
  </message>
  <message>
   <source>kernel ridge</source>
   <translation>核岭回归</translation>
  </message>
  <message>
   <source>partial least squares</source>
   <translation>偏最小二乘</translation>
  </message>
  <message>
   <source>Trained method</source>
   <translation>训练所得的方法</translation>
  </message>
  <message>
   <source>An .onnx file with a card: what is estimated, bands, accuracy. The file appears only when the run succeeds. In your own folder of networks it is in the list of rsfusion:regress.</source>
   <translation>带模型卡的 .onnx 文件：所估计的量、波段、精度。仅当运行成功时才生成该文件。放在用户网络文件夹中时，会出现在 rsfusion:regress 的列表中。</translation>
  </message>
  <message>
   <source>Random forest</source>
   <translation>随机森林</translation>
  </message>
  <message>
   <source>Kernel ridge regression</source>
   <translation>核岭回归</translation>
  </message>
  <message>
   <source>Partial least squares</source>
   <translation>偏最小二乘</translation>
  </message>
  <message>
   <source>Whitened fusion</source>
   <translation>白化融合</translation>
  </message>
  <message>
   <source>Pixel and context</source>
   <translation>像元与上下文</translation>
  </message>
  <message>
   <source>SAR detail in an optical image</source>
   <translation>将 SAR 细节加入光学影像</translation>
  </message>
  <message>
   <source>The pixels of SAR are %1 times as large as those of OPTICAL, which hold more detail than SAR</source>
   <translation>SAR 的像元大小为 OPTICAL 的 %1 倍，OPTICAL 所含的细节多于 SAR</translation>
  </message>
  <message>
   <source>scales</source>
   <translation>尺度</translation>
  </message>
  <message>
   <source>detail</source>
   <translation>细节</translation>
  </message>
  <message>
   <source>Detail of the %1 finest scales of %2 is put in</source>
   <translation>加入 %2 最细的 %1 个尺度的细节</translation>
  </message>
  <message>
   <source>choose a finer SAR raster</source>
   <translation>请选择更细的 SAR 栅格</translation>
  </message>
  <message>
   <source>Of the detail that local agreement of both images allows. 0: OPTICAL as it is, on the grid of the result. Above 1 the detail is exaggerated.</source>
   <translation>相对于两幅影像局部一致性所允许的细节。0：OPTICAL 保持不变，位于结果的格网上。大于 1 时细节被夸大。</translation>
  </message>
  <message>
   <source>Filter speckle first</source>
   <translation>先滤除斑点噪声</translation>
  </message>
  <message>
   <source>By the enhanced Lee filter, in windows of 7 x 7 pixels of SAR.</source>
   <translation>采用增强 Lee 滤波，窗口为 SAR 的 7 x 7 像元。</translation>
  </message>
  <message>
   <source>Looks of SAR</source>
   <translation>SAR 的视数</translation>
  </message>
  <message>
   <source>Equivalent number of looks, for the speckle filter. 4.4: Sentinel-1 IW GRD.</source>
   <translation>等效视数，用于斑点噪声滤波。4.4：Sentinel-1 IW GRD。</translation>
  </message>
  <message>
   <source>Detail is taken from decibels. found: by the bands' units and the values; a stretched picture is taken as it is, with a warning.</source>
   <translation>细节取自分贝值。found：由波段单位和数值推断；经拉伸的图按原样使用，并发出警告。</translation>
  </message>
  <message>
   <source>Puts detail of a SAR image into all bands of an optical one, as far as both agree around a pixel. SAR is read in decibels, its speckle is filtered, and both images are taken apart into scales, by wavelets (atrous) or by means (highpass). The slope between both is measured band by band in a window around each pixel, at a scale that both hold, and SAR's finer detail is added with it, times the share that SAR explains there. Where SAR has no data, or has nothing to do with the optical image, OPTICAL stays as it is.</source>
   <translation>在像元周围两者相符的范围内，将 SAR 影像的细节加入光学影像的所有波段。SAR 以分贝读取，滤除其斑点噪声，并用小波（atrous）或均值（highpass）将两幅影像分解为各个尺度。在每个像元周围的窗口内，以两者都含有的尺度逐波段测量两者之间的斜率，再按此斜率加入 SAR 更细的细节，并乘以该处由 SAR 解释的比例。在 SAR 无数据或与光学影像无关之处，OPTICAL 保持不变。</translation>
  </message>
  <message>
   <source>The result has the bands, the units and the data type of OPTICAL, and the grid of the finer raster. It is made for the eye. Reflectance hardly becomes truer by it, so take OPTICAL itself for indices and spectra, and for maps of classes give both rasters to rsfusion:trainsegmenter or rsfusion:trainclassifier. The guide has the figures.</source>
   <translation>结果具有 OPTICAL 的波段、单位和数据类型，以及较细栅格的格网。它供目视使用。反射率几乎不会因此更真实，因此计算指数和使用光谱时请用 OPTICAL 本身；制作分类图时，请将两个栅格都提供给 rsfusion:trainsegmenter 或 rsfusion:trainclassifier。相关数据见指南。</translation>
  </message>
  <message>
   <source>pixel level</source>
   <translation>像元级</translation>
  </message>
  <message>
   <source>Any bands. The result has them all.</source>
   <translation>任意波段。结果包含全部波段。</translation>
  </message>
  <message>
   <source>Backscatter in decibels, power or amplitude; several bands are averaged in decibels.</source>
   <translation>后向散射，单位为分贝、功率或振幅；多个波段以分贝取平均。</translation>
  </message>
  <message>
   <source>atrous: wavelets, scale by scale. highpass: the difference from the mean of a square.</source>
   <translation>atrous：小波，逐尺度。highpass：与正方形窗口均值之差。</translation>
  </message>
  <message>
   <source>Optical image with SAR detail</source>
   <translation>加入 SAR 细节的光学影像</translation>
  </message>
  <message>
   <source>À trous wavelets</source>
   <translation>À trous 小波</translation>
  </message>
  <message>
   <source>METHOD %1: both dates have data together at %2 pixels only; expected many more, so choose rasters that overlap.</source>
   <translation>METHOD %1：两个日期仅在 %2 个像元上同时有数据；应多得多，因此请选择相互重叠的栅格。</translation>
  </message>
  <message>
   <source>METHOD %1 needs a network that maps one date; name one as MODEL or MODEL_FILE.</source>
   <translation>METHOD %1 需要对单个日期制图的网络；请用 MODEL 或 MODEL_FILE 指定。</translation>
  </message>
  <message>
   <source>%1 is missing, which MODEL '%2' needs for METHOD %3; name a raster.</source>
   <translation>缺少 MODEL '%2' 用于 METHOD %3 所需的 %1；请指定栅格。</translation>
  </message>
  <message>
   <source>Segmentation: a flood</source>
   <translation>分割：洪水</translation>
  </message>
  <message>
   <source>%1 has no data in the area of the run; leave it empty, or choose a raster with data.</source>
   <translation>%1 在运行区域内没有数据；请将其留空，或选择有数据的栅格。</translation>
  </message>
  <message>
   <source>METHOD %1 compares two dates, but no raster of the %2 one is given; name %3.</source>
   <translation>METHOD %1 比较两个日期，但未给出 %2 日期（earlier：较早，later：较晚）的栅格；请指定 %3。</translation>
  </message>
  <message>
   <source>Only %1 is given; name OPTICAL, SAR or both, which are of the date to segment.</source>
   <translation>只给出了 %1；请指定待分割日期的 OPTICAL、SAR 或两者。</translation>
  </message>
  <message>
   <source>Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. The polygons follow the filtered classes.</source>
   <translation>每个像元取其周围边长为 2 倍半径 + 1 像元的正方形内出现最多的类别。多边形按滤波后的类别绘制。</translation>
  </message>
  <message>
   <source>Classes of POLYGONS</source>
   <translation>POLYGONS 包含的类别</translation>
  </message>
  <message>
   <source>Names or codes of the classes that POLYGONS holds, separated by commas. Empty: all but the first, which for the shipped network means water.</source>
   <translation>POLYGONS 所含类别的名称或代码，以逗号分隔。留空：除第一个以外的所有类别，对插件自带的网络即为水体。</translation>
  </message>
  <message>
   <source>Smaller polygons are left out of POLYGONS. A pixel of Sentinel-1 or Sentinel-2 has 100 square metres. Without a CRS the unit is the square pixel.</source>
   <translation>更小的多边形不计入 POLYGONS。Sentinel-1 或 Sentinel-2 的一个像元为 100 平方米。没有 CRS 时，单位为平方像元。</translation>
  </message>
  <message>
   <source>Classes with right angles</source>
   <translation>轮廓取直角的类别</translation>
  </message>
  <message>
   <source>Names or codes of the classes, separated by commas, whose outlines in POLYGONS follow the main direction of each polygon, as buildings do. Empty: none.</source>
   <translation>类别的名称或代码，以逗号分隔，其在 POLYGONS 中的轮廓沿各多边形的主方向，如同建筑物。留空：无。</translation>
  </message>
  <message>
   <source>Of SAR and SAR_BEFORE. Networks see decibels. found: by the bands' units and the values; a stretched picture is taken as it is, with a warning.</source>
   <translation>SAR 和 SAR_BEFORE 的单位。网络使用分贝。found：由波段单位和数值推断；经拉伸的图按原样使用，并发出警告。</translation>
  </message>
  <message>
   <source>Floating-point operations per pixel</source>
   <translation>每像元浮点运算次数</translation>
  </message>
  <message>
   <source>Megapixels per second in this run</source>
   <translation>本次运行每秒百万像元数</translation>
  </message>
  <message>
   <source>What does the network cost?</source>
   <translation>网络的开销有多大？</translation>
  </message>
  <message>
   <source>not stated</source>
   <translation>未注明</translation>
  </message>
  <message>
   <source>How good is it on scenes that it had not seen?</source>
   <translation>在未见过的影像上表现如何？</translation>
  </message>
  <message>
   <source>As its card says. This scene has no truth here: measure it with rsfusion:assessclassification where you have some.</source>
   <translation>按其模型卡。本景影像在此没有真值：如果您有真值，请用 rsfusion:assessclassification 测量。</translation>
  </message>
  <message>
   <source>Multispectral image to segment, for floods the one during or after the flood. The shipped network needs SWIR (1.6 µm), NIR and green, found by wavelength, by name, or as three bands in that order.</source>
   <translation>待分割的多光谱影像，对于洪水为洪水期间或之后的影像。插件自带的网络需要 SWIR（1.6 µm）、NIR 和绿波段，按波长、按名称查找，或按此顺序给出三个波段。</translation>
  </message>
  <message>
   <source>Optical raster before</source>
   <translation>之前的光学栅格</translation>
  </message>
  <message>
   <source>The same bands of an earlier date. With it, water that was there before is not mapped.</source>
   <translation>较早日期的相同波段。给出后，之前已有的水体不计入结果。</translation>
  </message>
  <message>
   <source>Radar backscatter of the date to segment, in decibels, power or amplitude. VV is taken where there are several bands.</source>
   <translation>待分割日期的雷达后向散射，单位为分贝、功率或振幅。有多个波段时采用 VV。</translation>
  </message>
  <message>
   <source>SAR raster before</source>
   <translation>之前的 SAR 栅格</translation>
  </message>
  <message>
   <source>The same of an earlier date, best from the same orbit. With it, water that was there before is not mapped.</source>
   <translation>较早日期的同类数据，最好来自同一轨道。给出后，之前已有的水体不计入结果。</translation>
  </message>
  <message>
   <source>Elevation raster (DEM)</source>
   <translation>高程栅格（DEM）</translation>
  </message>
  <message>
   <source>Heights of the ground, for networks that were trained with them (rsfusion:trainsegmenter).</source>
   <translation>地面高程，用于以其训练的网络（rsfusion:trainsegmenter）。</translation>
  </message>
  <message>
   <source>Heights above ground and further features of a point cloud, any bands, for networks that were trained with them (rsfusion:trainsegmenter).</source>
   <translation>点云的离地高度和其他特征，任意波段，用于以其训练的网络（rsfusion:trainsegmenter）。</translation>
  </message>
  <message>
   <source>Segment SAR and optical images (flood water, own classes)</source>
   <translation>分割 SAR 和光学影像（洪水水体、自定义类别）</translation>
  </message>
  <message>
   <source>Gives every pixel a class from a SAR image, an optical image, or both, and draws the classes as polygons. The shipped network finds flood water from Sentinel-1 and Sentinel-2. Each sensor decides alone, and the calibrated decisions are added: where one sensor is not given, or has no data, the other one decides.</source>
   <translation>由 SAR 影像、光学影像或两者为每个像元赋予类别，并将类别绘制为多边形。插件自带的网络从 Sentinel-1 和 Sentinel-2 中提取洪水水体。各传感器单独判定，再将经校准的判定相加：某一传感器未给出或无数据处，由另一传感器判定。</translation>
  </message>
  <message>
   <source>Give an image from before the flood (OPTICAL_BEFORE, SAR_BEFORE) where you have one. Then OUTPUT holds the water that was not there before. Without one it holds all water. The date before and the date after may be stretched or scaled in different ways, since each raster is scaled by itself.</source>
   <translation>如有洪水之前的影像，请给出（OPTICAL_BEFORE、SAR_BEFORE）。此时 OUTPUT 只含之前没有的水体。没有时，则包含全部水体。前后两个日期的拉伸或缩放方式可以不同，因为每个栅格单独缩放。</translation>
  </message>
  <message>
   <source>Classes of your own come from a network that rsfusion:trainsegmenter made (MODEL_FILE). It takes the rasters that it was trained with, DEM and LIDAR among them.</source>
   <translation>自定义类别由 rsfusion:trainsegmenter 生成的网络（MODEL_FILE）给出。该网络使用其训练时的栅格，包括 DEM 和 LIDAR。</translation>
  </message>
  <message>
   <source>OUTPUT lies on the grid of SAR where it is given, else on that of OPTICAL. METHOD offers simple thresholds, too: otsu for SAR, ndwi and mndwi for OPTICAL. They show what a network must beat.</source>
   <translation>OUTPUT 位于 SAR 的格网上（若给出 SAR），否则位于 OPTICAL 的格网上。METHOD 还提供简单的阈值法：otsu 用于 SAR，ndwi 和 mndwi 用于 OPTICAL。它们是网络必须超过的基准。</translation>
  </message>
  <message>
   <source>With images of both dates METHOD also maps what has changed, with its probability (band 2 of PROBABILITIES): class_change, irmad and logratio. The sensors of both dates may differ.</source>
   <translation>有两个日期的影像时，METHOD 还可对变化制图，并给出变化概率（PROBABILITIES 的波段 2）：class_change、irmad 和 logratio。两个日期的传感器可以不同。</translation>
  </message>
  <message>
   <source>change detection</source>
   <translation>变化检测</translation>
  </message>
  <message>
   <source>network: the one that MODEL names. otsu: SAR below Otsu's threshold. ndwi: green brighter than NIR. mndwi: green brighter than SWIR. The probabilities of these three are not calibrated. The others map change between both dates, whatever the sensors: class_change asks the network of MODEL about each date, irmad compares all bands, logratio two SAR images.</source>
   <translation>network：由 MODEL 指定的网络。otsu：SAR 低于 Otsu 阈值。ndwi：绿波段亮于 NIR。mndwi：绿波段亮于 SWIR。这三者的概率未经校准。其他方法对两个日期之间的变化制图，不论传感器：class_change 用 MODEL 的网络分别判定每个日期，irmad 比较所有波段，logratio 比较两幅 SAR 影像。</translation>
  </message>
  <message>
   <source>What was found about the rasters, how much area each class covers, and what the network costs, as a page for the browser.</source>
   <translation>栅格检查结果、各类别所占的面积，以及网络的开销，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Number of polygons (-1: not drawn)</source>
   <translation>多边形数（-1：未绘制）</translation>
  </message>
  <message>
   <source>The classes as polygons, in a GeoPackage or another format by the file's ending (.gpkg, .geojson, .fgb, .shp). Each one has its class, its area in square metres (area_m2) and the mean probability of its class inside it (mean_prob).</source>
   <translation>以多边形表示的类别，格式为 GeoPackage，或按文件扩展名采用其他格式（.gpkg、.geojson、.fgb、.shp）。每个多边形带有其类别、面积（平方米，area_m2）及其内部该类别的平均概率（mean_prob）。</translation>
  </message>
  <message>
   <source>Trains what gives every pixel a class, from samples of your own: a raster of class codes (LABELS), or polygons with a field of classes (SAMPLES), and any of the rasters OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE, DEM and LIDAR. OUTPUT is an ordinary .onnx file for rsfusion:segment, which makes classes, probabilities and polygons with it. SAR is read in decibels, and OPTICAL and SAR are scaled by scene, in training and in use. SCENES names further scenes.</source>
   <translation>由用户自己的样本训练为每个像元赋予类别的网络或模型。样本为类别代码栅格（LABELS），或带类别字段的多边形（SAMPLES）；栅格为 OPTICAL、OPTICAL_BEFORE、SAR、SAR_BEFORE、DEM 和 LIDAR 中的任意几个。OUTPUT 为普通的 .onnx 文件，供 rsfusion:segment 使用，由其生成类别、概率和多边形。SAR 以分贝读取，OPTICAL 和 SAR 在训练和使用时均按每景影像缩放。SCENES 指定其他影像。</translation>
  </message>
  <message>
   <source>Samples that cover a quarter of the scene or more are divided into square blocks. Blocks, or else polygons and connected patches, are held out whole: VALIDATION_SHARE says when to stop and calibrates the confidence, TEST_SHARE gives the accuracy. Results that were not measured are -1. Sensors that may be absent later (ABSENT) are taken away now and then while it learns; the report says what is lost without each of them.</source>
   <translation>若样本覆盖影像的四分之一或更多，则划分为正方形区块。区块，或多边形和相连的图斑，被整体留出：VALIDATION_SHARE 用于判断何时停止并校准置信度，TEST_SHARE 给出精度。未测得的结果为 -1。以后可能缺少的传感器（ABSENT）在学习过程中不时被去掉；报告说明缺少其中每一个时的损失。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx, and METHOD gradient_boosting and forest scikit-learn, too. It runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion.</source>
   <translation>训练需要 Python 包 torch 和 onnx，METHOD 为 gradient_boosting 和 forest 时还需要 scikit-learn。训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。</translation>
  </message>
  <message>
   <source>network: a network that sees what surrounds a pixel. gradient_boosting and forest: trees on the values of pixels and the means around them, by scikit-learn; fast, and good where a few samples must do.</source>
   <translation>network：能看到像元周围内容的网络。gradient_boosting 和 forest：基于像元值及其周围均值的决策树，由 scikit-learn 实现；速度快，适合只有少量样本的情形。</translation>
  </message>
  <message>
   <source>pyramid_fusion: a small U-Net for each sensor, fused as FUSION says. The others are the literature's, made small: CMGFNet and CHGFNet (gates), GRRNet (all at once, gated refinement), MCANet (cross-attention).</source>
   <translation>pyramid_fusion：每种传感器一个小型 U-Net，按 FUSION 的设定融合。其他为文献中网络的小型化：CMGFNet 和 CHGFNet（门控）、GRRNet（一次融合全部，门控细化）、MCANet（交叉注意力）。</translation>
  </message>
  <message>
   <source>How the sensors are fused</source>
   <translation>传感器的融合方式</translation>
  </message>
  <message>
   <source>decision: each sensor decides alone, and the decisions are averaged, so that a missing sensor costs only what it would have told. gate, cross_attention and the others: their features are fused at three scales. early: all bands are one image. Only pyramid_fusion asks for it.</source>
   <translation>decision：各传感器单独判定，再将判定取平均，因此缺少某一传感器时，只损失它所能提供的信息。gate、cross_attention 等：在三个尺度上融合其特征。early：所有波段作为一幅影像。仅 pyramid_fusion 使用此项。</translation>
  </message>
  <message>
   <source>It ends earlier when nothing improves any more. Reading and measuring come on top. Trees take what they take.</source>
   <translation>若不再有改进，则提前结束。读取和测量另需时间。决策树所需时间不受此限。</translation>
  </message>
  <message>
   <source>Table of further scenes</source>
   <translation>其他影像的表格</translation>
  </message>
  <message>
   <source>A CSV file with a row for each further scene. Its columns are the parameters of the rasters, such as OPTICAL and SAR, and LABELS, or SAMPLES with CLASS_FIELD: paths, absolute or beside the table. Each scene is scaled by itself.</source>
   <translation>CSV 文件，每景其他影像一行。其列为栅格的参数，例如 OPTICAL 和 SAR，以及 LABELS，或 SAMPLES 与 CLASS_FIELD：路径为绝对路径，或相对于该表格所在的文件夹。每景影像单独缩放。</translation>
  </message>
  <message>
   <source>Where such a raster has no data, or is not given at all, rsfusion:segment decides by the others. any: each of them, as long as another one is there.</source>
   <translation>在这类栅格无数据或根本未给出之处，rsfusion:segment 由其他栅格判定。any：其中任意一个，只要还有另一个存在。</translation>
  </message>
  <message>
   <source>As in rsfusion:segment. Take the same there as here.</source>
   <translation>与 rsfusion:segment 中相同。两处请取相同的值。</translation>
  </message>
  <message>
   <source>Share of the samples held out for validation</source>
   <translation>留出用于验证的样本比例</translation>
  </message>
  <message>
   <source>In whole blocks or regions. They say how long to train and calibrate the confidence. 0: neither.</source>
   <translation>以整个区块或区域留出。用于决定训练多久并校准置信度。0：两者都不做。</translation>
  </message>
  <message>
   <source>Share of the samples held out for the test</source>
   <translation>留出用于测试的样本比例</translation>
  </message>
  <message>
   <source>In whole blocks or regions. They give the accuracy. 0: it is not measured.</source>
   <translation>以整个区块或区域留出。用于给出精度。0：不测量精度。</translation>
  </message>
  <message>
   <source>A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from it, as after a cancel; the samples and settings must be the same, MINUTES may be more.</source>
   <translation>训练期间保存状态的 .pt 文件。若已存在，则从该状态继续训练，例如取消之后；样本和设置必须相同，MINUTES 可以更大。</translation>
  </message>
  <message>
   <source>%1, on held-out regions</source>
   <translation>%1，留出区域</translation>
  </message>
  <message>
   <source>Number of parameters; of trees, of their nodes</source>
   <translation>参数数量；对于决策树为其节点数</translation>
  </message>
  <message>
   <source>Floating-point operations per pixel (-1: trees)</source>
   <translation>每个像元的浮点运算次数（-1：决策树）</translation>
  </message>
  <message>
   <source>Most memory of the training, MiB</source>
   <translation>训练的峰值内存（MiB）</translation>
  </message>
  <message>
   <source>Train a segmenter</source>
   <translation>训练分割网络</translation>
  </message>
  <message>
   <source>Accuracy with intervals, outlines, what is lost without each sensor, confusion matrix, costs, and what was learned from, as a page for the browser.</source>
   <translation>精度及其区间、轮廓、缺少每种传感器时的损失、混淆矩阵、开销，以及学习所用的数据，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Only %1 is given; name a raster of the date to segment, such as OPTICAL or SAR.</source>
   <translation>只给出了 %1；请指定待分割日期的栅格，例如 OPTICAL 或 SAR。</translation>
  </message>
  <message>
   <source>FUSION is '%1', but ARCHITECTURE %2 has one way of fusing only; leave FUSION as it is (%3), or choose %4.</source>
   <translation>FUSION 为 '%1'，但 ARCHITECTURE %2 只有一种融合方式；请将 FUSION 保持为原值（%3），或选择 %4。</translation>
  </message>
  <message>
   <source>SCENES: there is no file '%1'; name a CSV file, or leave it empty.</source>
   <translation>SCENES：没有文件 '%1'；请指定 CSV 文件，或留空。</translation>
  </message>
  <message>
   <source>gradient boosting</source>
   <translation>梯度提升</translation>
  </message>
  <message>
   <source>An .onnx file with a card: classes with codes and colours, bands, accuracy. The file appears only when the run succeeds. Name it as MODEL_FILE of rsfusion:segment.</source>
   <translation>带模型卡的 .onnx 文件：类别及其代码和颜色、波段、精度。仅当运行成功时才生成该文件。请将其作为 rsfusion:segment 的 MODEL_FILE。</translation>
  </message>
  <message>
   <source>Network (best)</source>
   <translation>网络（最佳）</translation>
  </message>
  <message>
   <source>Otsu's threshold on SAR</source>
   <translation>SAR 的 Otsu 阈值</translation>
  </message>
  <message>
   <source>NDWI: green against near infrared</source>
   <translation>NDWI：绿波段与近红外</translation>
  </message>
  <message>
   <source>MNDWI: green against shortwave infrared</source>
   <translation>MNDWI：绿波段与短波红外</translation>
  </message>
  <message>
   <source>Change of class, by the network on both dates</source>
   <translation>类别变化，由网络分别判定两个日期</translation>
  </message>
  <message>
   <source>Change of any bands: IR-MAD</source>
   <translation>任意波段的变化：IR-MAD</translation>
  </message>
  <message>
   <source>Change of SAR: log-ratio</source>
   <translation>SAR 的变化：对数比</translation>
  </message>
  <message>
   <source>Gradient boosting on pixels</source>
   <translation>基于像元的梯度提升</translation>
  </message>
  <message>
   <source>Random forest on pixels</source>
   <translation>基于像元的随机森林</translation>
  </message>
  <message>
   <source>Pyramid fusion (best)</source>
   <translation>金字塔融合（最佳）</translation>
  </message>
  <message>
   <source>Decision: each sensor votes (best where one may be missing)</source>
   <translation>决策级：各传感器投票（某一传感器可能缺少时最佳）</translation>
  </message>
  <message>
   <source>Early: all bands are one image</source>
   <translation>早期融合：所有波段作为一幅影像</translation>
  </message>
  <message>
   <source>Squeeze and excitation</source>
   <translation>压缩激励（SE）</translation>
  </message>
  <message>
   <source>CBAM: attention by channel and place</source>
   <translation>CBAM：通道和空间注意力</translation>
  </message>
  <message>
   <source>Alignment, then sum</source>
   <translation>先对齐再求和</translation>
  </message>
  <message>
   <source>BANDS is '%1'; expected some of %2.</source>
   <translation>BANDS 为 '%1'；应为以下若干项：%2。</translation>
  </message>
  <message>
   <source>BANDS names %1, which have 10 m already; add a band of 20 m or 60 m, or leave it empty.</source>
   <translation>BANDS 指定了 %1，其分辨率已是 10 m；请添加 20 m 或 60 m 的波段，或留空。</translation>
  </message>
  <message>
   <source>%1: the file does not say which band is which, so its %2 bands are taken for</source>
   <translation>%1：文件未说明各波段是什么，因此将其 %2 个波段视为</translation>
  </message>
  <message>
   <source>%1 holds %2; expected bands of %3 m, some of %4, so name another raster.</source>
   <translation>%1 含有 %2；应为 %3 m 的波段，即 %4 中的若干个，因此请指定其他栅格。</translation>
  </message>
  <message>
   <source>of BANDS is among them</source>
   <translation>属于 BANDS</translation>
  </message>
  <message>
   <source>is sharpened unless BANDS names %1</source>
   <translation>会被锐化，除非 BANDS 指定了 %1</translation>
  </message>
  <message>
   <source>%1 holds %2, and none %3; name other bands, or leave %4 empty.</source>
   <translation>%1 含有 %2，其中没有波段%3；请指定其他波段，或将 %4 留空。</translation>
  </message>
  <message>
   <source>BANDS names %1, but the rasters hold %2; leave it out, or add its raster.</source>
   <translation>BANDS 指定了 %1，但栅格含有 %2；请去掉它，或添加其栅格。</translation>
  </message>
  <message>
   <source>Sentinel-2 sharpening</source>
   <translation>Sentinel-2 锐化</translation>
  </message>
  <message>
   <source>%1, %2 or %3</source>
   <translation>%1、%2 或 %3</translation>
  </message>
  <message>
   <source>%1%2 hold no band of Sentinel-2 and are left out</source>
   <translation>%1%2 不含 Sentinel-2 波段，不参与</translation>
  </message>
  <message>
   <source>%1 is missing; name a product, its files, or a raster with the bands of 10 m.</source>
   <translation>缺少 %1；请指定产品、其文件，或含 10 m 波段的栅格。</translation>
  </message>
  <message>
   <source>%1 is '%2', a picture of 8 bits; choose the part with the bands, such as the one with ':10m:' in its name.</source>
   <translation>%1 为 '%2'，是 8 位的图片；请选择含波段的部分，例如名称中带 ':10m:' 的部分。</translation>
  </message>
  <message>
   <source>%1 holds %2; expected some of %3 among them, so name the product, or all its files.</source>
   <translation>%1 含有 %2；其中应有 %3 中的若干个，因此请指定产品或其全部文件。</translation>
  </message>
  <message>
   <source>product</source>
   <translation>产品</translation>
  </message>
  <message>
   <source>%1 and %2 both give bands of these pixels; leave one of them empty.</source>
   <translation>%1 和 %2 都给出了这一像元大小的波段；请将其中之一留空。</translation>
  </message>
  <message>
   <source>no band of Sentinel-2</source>
   <translation>无 Sentinel-2 波段</translation>
  </message>
  <message>
   <source>Noise found in %1 and left out, standard deviation in stored units: %2</source>
   <translation>%1 中检测到并剔除的噪声，标准差，以存储单位计：%2</translation>
  </message>
  <message>
   <source>%1 is missing; name at least one raster of coarser bands.</source>
   <translation>缺少 %1；请至少指定一个粗分辨率波段的栅格。</translation>
  </message>
  <message>
   <source>noise</source>
   <translation>噪声</translation>
  </message>
  <message>
   <source>%1 has no valid pixel where the fine bands have; choose rasters of one area.</source>
   <translation>%1 在细分辨率波段有效之处没有有效像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>Noise of the coarse bands</source>
   <translation>粗分辨率波段的噪声</translation>
  </message>
  <message>
   <source>measured: what neighbouring pixels and other bands do not share is taken for noise and left out. none: seen at 20 m or 60 m again, the result gives back the recorded bands, their noise included.</source>
   <translation>measured：相邻像元和其他波段所不共有的部分视为噪声并剔除。none：结果降回 20 m 或 60 m 时可还原所记录的波段，包括其噪声。</translation>
  </message>
  <message>
   <source>Bands of the result (none chosen = all)</source>
   <translation>结果的波段（均未选择 = 全部）</translation>
  </message>
  <message>
   <source>Which bands are written. None chosen: all that are given, without B10 (cirrus), which shows no ground.</source>
   <translation>要写出哪些波段。均未选择：给出的所有波段，但不含 B10（卷云），该波段不反映地面。</translation>
  </message>
  <message>
   <source>What do the fine bands tell of the coarse ones?</source>
   <translation>细分辨率波段对粗分辨率波段的反映如何？</translation>
  </message>
  <message>
   <source>Units of the coarse band per unit of the fine band, where both have contrast at the coarse pixels, over the whole scene; and the standard deviation of the noise that was found, in stored units.</source>
   <translation>在整景影像上，两者在粗像元处均有对比度时，细分辨率波段每单位对应的粗分辨率波段单位数；以及检测到的噪声的标准差，以存储单位计。</translation>
  </message>
  <message>
   <source>Sharpen Sentinel-2</source>
   <translation>Sentinel-2 锐化</translation>
  </message>
  <message>
   <source>Brings the bands of 20 m (B5, B6, B7, B8A, B11, B12) and of 60 m (B1, B9) of a Sentinel-2 image to 10 m, with the detail of the bands of 10 m (B2, B3, B4, B8), and writes all of them into one raster. The bands of 10 m stay as they are. It needs no network and no ONNX Runtime.</source>
   <translation>利用 10 m 波段（B2、B3、B4、B8）的细节，将 Sentinel-2 影像的 20 m 波段（B5、B6、B7、B8A、B11、B12）和 60 m 波段（B1、B9）提升到 10 m，并全部写入一个栅格。10 m 波段保持不变。不需要网络和 ONNX Runtime。</translation>
  </message>
  <message>
   <source>PRODUCT takes a product as you downloaded it: the SAFE folder, its ZIP, or MTD_MSIL2A.xml. FILES takes the files of the bands. Or give B10, B20 and B60 as rasters. Bands are told by their names or wavelengths, or by their order.</source>
   <translation>PRODUCT 直接采用下载的产品：SAFE 文件夹、其 ZIP 或 MTD_MSIL2A.xml。FILES 采用各波段的文件。或者将 B10、B20 和 B60 作为栅格给出。波段按名称或波长识别，或按顺序识别。</translation>
  </message>
  <message>
   <source>regression learns on the whole scene, and around every pixel, what the 10 m bands tell of a coarse band, adds their detail by these coefficients, and then makes the result consistent with the recorded band, whose blur (MTF) is known. cubic is plain interpolation, for comparison.</source>
   <translation>regression 在整景影像上和每个像元周围学习 10 m 波段对粗分辨率波段的反映，按这些系数加入细节，再使结果与所记录的波段一致，其模糊（MTF）是已知的。cubic 为单纯插值，供比较。</translation>
  </message>
  <message>
   <source>The result has the bands in the order B1 to B12, in the stored units of the input. The radiometric offset of products since January 2022 stays in the values, and the bands state it. A pixel without data blanks the bands that need it, and no others.</source>
   <translation>结果的波段按 B1 至 B12 排列，采用输入的存储单位。2022 年 1 月以来产品的辐射偏置保留在数值中，并由波段注明。无数据的像元只使需要它的波段为空，不影响其他波段。</translation>
  </message>
  <message>
   <source>red edge</source>
   <translation>红边</translation>
  </message>
  <message>
   <source>A SAFE folder, its ZIP, or its MTD_MSIL1C.xml or MTD_MSIL2A.xml. It stands for all rasters below.</source>
   <translation>SAFE 文件夹、其 ZIP，或其 MTD_MSIL1C.xml 或 MTD_MSIL2A.xml。可代替下面的所有栅格。</translation>
  </message>
  <message>
   <source>Files of the bands</source>
   <translation>波段文件</translation>
  </message>
  <message>
   <source>The files of single bands, or of several bands, in any order, such as those below IMG_DATA. They stand for all rasters below.</source>
   <translation>单波段或多波段文件，顺序不限，例如 IMG_DATA 下的文件。可代替下面的所有栅格。</translation>
  </message>
  <message>
   <source>Bands of 10 m</source>
   <translation>10 m 波段</translation>
  </message>
  <message>
   <source>B2, B3, B4 and B8, or some of them, or a stack of all bands. Their grid is the grid of the result.</source>
   <translation>B2、B3、B4 和 B8，或其中一部分，或所有波段的叠合栅格。结果采用其格网。</translation>
  </message>
  <message>
   <source>Bands of 20 m</source>
   <translation>20 m 波段</translation>
  </message>
  <message>
   <source>B5, B6, B7, B8A, B11 and B12, or some of them.</source>
   <translation>B5、B6、B7、B8A、B11 和 B12，或其中一部分。</translation>
  </message>
  <message>
   <source>Bands of 60 m</source>
   <translation>60 m 波段</translation>
  </message>
  <message>
   <source>B1 and B9, or one of them.</source>
   <translation>B1 和 B9，或其中之一。</translation>
  </message>
  <message>
   <source>regression: detail by what the scene itself teaches. cubic: interpolation only.</source>
   <translation>regression：细节由本景影像自身学得。cubic：仅插值。</translation>
  </message>
  <message>
   <source>What was found about the rasters, what the fine bands tell of each coarse one, and how noisy that is, as a page for the browser.</source>
   <translation>栅格检查结果、细分辨率波段对各粗分辨率波段的反映，以及其噪声大小，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Local regression on the bands of 10 m (best)</source>
   <translation>基于 10 m 波段的局部回归（最佳）</translation>
  </message>
  <message>
   <source>Cubic interpolation only</source>
   <translation>仅三次插值</translation>
  </message>
  <message>
   <source>Measured on the scene</source>
   <translation>在本景影像上测量</translation>
  </message>
  <message>
   <source>%1 has %2 times the error of the fine rasters left unchanged (dates: %3). It is %4 '%5', the better of the two that any method should beat: it has %6 times its error.</source>
   <translation>%1 的误差为细分辨率栅格保持不变时的 %2 倍（日期数：%3）。它%4 '%5'，即任何方法都应超过的两个基准中较好的一个：其误差为后者的 %6 倍。</translation>
  </message>
  <message>
   <source>Orange dots: '%1'. The coarse raster is shown as slope x value + offset of one pair.</source>
   <translation>橙色点：'%1'。粗分辨率栅格按某一影像对的 斜率 x 值 + 偏置 显示。</translation>
  </message>
  <message>
   <source>Dates of a time series: needs the fine and the coarse rasters</source>
   <translation>时间序列的各日期：需要精细栅格和粗糙栅格</translation>
  </message>
  <message>
   <source>FINE and COARSE of at least two dates. Each date that both sensors saw is predicted from the others and compared with its true fine raster, beside doing nothing; with FUSED, that raster is compared with the fine one of its date.</source>
   <translation>至少两个日期的 FINE 和 COARSE。两种传感器都有观测的每个日期，都由其余日期预测，并与该日期真实的细分辨率栅格比较，同时与不作预测的情形对照；给出 FUSED 时，将其与同日期的细分辨率栅格比较。</translation>
  </message>
  <message>
   <source>Methods compared</source>
   <translation>参与比较的方法</translation>
  </message>
  <message>
   <source>Beside '%1' and '%2', which always are. Empty: %3.</source>
   <translation>除始终参与的 '%1' 和 '%2' 之外。留空：%3。</translation>
  </message>
  <message>
   <source>better than</source>
   <translation>优于</translation>
  </message>
  <message>
   <source>verdict</source>
   <translation>结论</translation>
  </message>
  <message>
   <source>Error of the first row over that of the fine rasters left unchanged (dates)</source>
   <translation>首行误差与细分辨率栅格保持不变时的误差之比（dates）</translation>
  </message>
  <message>
   <source>worse than</source>
   <translation>劣于</translation>
  </message>
  <message>
   <source>as good as</source>
   <translation>相当于</translation>
  </message>
  <message>
   <source>dates</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>Error over that of the fine rasters left unchanged</source>
   <translation>误差与细分辨率栅格保持不变时的误差之比</translation>
  </message>
  <message>
   <source>Each date was predicted as if the fine sensor had not seen it. The number is the root of the mean squared error over that of 'unchanged', the mean over the bands: 1 is no better than doing nothing.</source>
   <translation>每个日期都在假定细分辨率传感器没有观测的情况下预测。数值为均方根误差与 'unchanged' 的均方根误差之比，取各波段均值：1 表示不优于不作预测。</translation>
  </message>
  <message>
   <source>Where the predictions are off</source>
   <translation>预测偏差所在</translation>
  </message>
  <message>
   <source>%1, error over that of 'unchanged': %2</source>
   <translation>%1，误差与 'unchanged' 的误差之比：%2</translation>
  </message>
  <message>
   <source>geometric mean</source>
   <translation>几何平均</translation>
  </message>
  <message>
   <source>%1, %2 pixels: RMSE, and correlation in brackets</source>
   <translation>%1，%2 像元：RMSE，括号内为相关系数</translation>
  </message>
  <message>
   <source>%1: white = no error, darkest = %2 standard deviations of the true raster, or more.</source>
   <translation>%1：白色 = 无误差，最暗 = 真实栅格的 %2 个标准差或更多。</translation>
  </message>
  <message>
   <source>Series of a few pixels</source>
   <translation>若干像元的时间序列</translation>
  </message>
  <message>
   <source>fallback</source>
   <translation>回退</translation>
  </message>
  <message>
   <source>On the pairs themselves the error of %1 is %2</source>
   <translation>在影像对本身上，%1 的误差为 %2</translation>
  </message>
  <message>
   <source>%1 times that of '%2'</source>
   <translation>'%2' 的 %1 倍</translation>
  </message>
  <message>
   <source>'%1' is used, which is better there</source>
   <translation>采用在此处更好的 '%1'</translation>
  </message>
  <message>
   <source>so %1</source>
   <translation>因此%1</translation>
  </message>
  <message>
   <source>comparison</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>DATES: '%1' cannot be read (%2); name a CSV file in UTF-8.</source>
   <translation>DATES：无法读取 '%1'（%2）；请指定 UTF-8 编码的 CSV 文件。</translation>
  </message>
  <message>
   <source>DATES: line %1 of '%2' has '%3' for a date; expected one such as %4, in the second column.</source>
   <translation>DATES：'%2' 第 %1 行的日期为 '%3'；第二列应为 %4 这样的日期。</translation>
  </message>
  <message>
   <source>trust in %1</source>
   <translation>%1 的信任度</translation>
  </message>
  <message>
   <source>Prediction in time</source>
   <translation>时间预测</translation>
  </message>
  <message>
   <source>the fine raster of %1 is given %2</source>
   <translation>采用 %1 的细分辨率栅格，%2</translation>
  </message>
  <message>
   <source>and the coarse raster of %1 contradict each other: one of the coarse ones shows %2 times as much fine structure that the fine raster does not explain as the other shows at all (limit %3), so one of the dates is contaminated</source>
   <translation>与 %1 的粗分辨率栅格相互矛盾：其中一个粗分辨率栅格所显示的、不能由细分辨率栅格解释的细微结构，为另一个所显示的全部此类结构的 %2 倍（限值 %3），因此其中一个日期受到污染</translation>
  </message>
  <message>
   <source>a square of %1 pixels and a Gaussian of %2</source>
   <translation>边长 %1 像元的方形与 %2 的高斯函数</translation>
  </message>
  <message>
   <source>%1 and %2 of %3</source>
   <translation>%3 的 %1 和 %2</translation>
  </message>
  <message>
   <source>%1 correlate by %2; slopes %3, blur %4</source>
   <translation>%1 的相关系数为 %2；斜率 %3，模糊 %4</translation>
  </message>
  <message>
   <source>are used</source>
   <translation>的影像对</translation>
  </message>
  <message>
   <source>with the mean change alone</source>
   <translation>仅加平均变化</translation>
  </message>
  <message>
   <source>Too few pairs can be trusted, so %1</source>
   <translation>可信的影像对太少，因此%1</translation>
  </message>
  <message>
   <source>correlate by %1 only, so they do not show the same</source>
   <translation>的相关系数仅为 %1，因此反映的内容不同</translation>
  </message>
  <message>
   <source>agreement</source>
   <translation>一致性</translation>
  </message>
  <message>
   <source>only the pairs of</source>
   <translation>仅采用以下日期</translation>
  </message>
  <message>
   <source>look at both for clouds, or give masks</source>
   <translation>请检查两者是否有云，或给出掩膜</translation>
  </message>
  <message>
   <source>near infrared</source>
   <translation>近红外</translation>
  </message>
  <message>
   <source>INDEX '%1' needs %2, but no band of FINE (%3) says that it is that; write an expression with numbers instead, such as (b3 - b1) / (b3 + b1).</source>
   <translation>INDEX '%1' 需要 %2，但 FINE 的波段（%3）均未注明为该波段；请改用带编号的表达式，例如 (b3 - b1) / (b3 + b1)。</translation>
  </message>
  <message>
   <source>INDEX is '%1'; expected one of %2, or an expression of bands with + - * / ** and brackets, such as (nir - red) / (nir + red) or (b3 - b1) / (b3 + b1).</source>
   <translation>INDEX 为 '%1'；应为以下之一：%2，或由波段、+ - * / ** 和括号组成的表达式，例如 (nir - red) / (nir + red) 或 (b3 - b1) / (b3 + b1)。</translation>
  </message>
  <message>
   <source>INDEX '%1' needs %2, but FINE has %3 bands; choose a number from 1 to %4.</source>
   <translation>INDEX '%1' 需要 %2，但 FINE 有 %3 个波段；请在 1 至 %4 中选择编号。</translation>
  </message>
  <message>
   <source>regression: local regression and residual, trusted as far as the pair tells. starfm (Gao 2006), estarfm (Zhu 2010; two pairs), fsdaf (Zhu 2016), fitfc (Wang and Atkinson 2018): methods of the literature, slower. meanshift: the fine raster and the mean change. unchanged: the fine raster as it is.</source>
   <translation>regression：局部回归加残差，按影像对所示的程度采信。starfm（Gao 2006）、estarfm（Zhu 2010；两个影像对）、fsdaf（Zhu 2016）、fitfc（Wang 和 Atkinson 2018）：文献中的方法，较慢。meanshift：细分辨率栅格加平均变化。unchanged：细分辨率栅格原样不变。</translation>
  </message>
  <message>
   <source>fall back</source>
   <translation>fall back</translation>
  </message>
  <message>
   <source>Date to predict</source>
   <translation>预测日期</translation>
  </message>
  <message>
   <source>Such as 2016-08-23. Empty: the only date that has a coarse raster and no fine one.</source>
   <translation>例如 2016-08-23。留空：唯一一个有粗分辨率栅格而无细分辨率栅格的日期。</translation>
  </message>
  <message>
   <source>Table of dates</source>
   <translation>日期表</translation>
  </message>
  <message>
   <source>A CSV file with a file name and a date in each line, where names and metadata do not tell the dates. It wins over both.</source>
   <translation>CSV 文件，每行一个文件名和一个日期，用于名称和元数据均未注明日期的情形。它优先于两者。</translation>
  </message>
  <message>
   <source>Pairs at most</source>
   <translation>最多影像对数</translation>
  </message>
  <message>
   <source>So many pairs are used, those nearest in time, weighed by nearness and trust.</source>
   <translation>最多使用这么多影像对，取时间上最近的，并按时间远近和信任度加权。</translation>
  </message>
  <message>
   <source>Index instead of bands</source>
   <translation>用指数代替波段</translation>
  </message>
  <message>
   <source>NDVI, NDWI, MNDWI, EVI, NBR, or an expression of bands such as (nir - red) / (nir + red) or (b3 - b1) / (b3 + b1), where b1 is the first band of FINE. The result is then one band of it. Empty: the bands.</source>
   <translation>NDVI、NDWI、MNDWI、EVI、NBR，或波段表达式，例如 (nir - red) / (nir + red) 或 (b3 - b1) / (b3 + b1)，其中 b1 为 FINE 的第一个波段。此时结果为该指数的单个波段。留空：使用各波段。</translation>
  </message>
  <message>
   <source>What is predicted for the index</source>
   <translation>指数的预测方式</translation>
  </message>
  <message>
   <source>bands: predict the bands, then compute the index from them. index: compute the index of all rasters, then predict it.</source>
   <translation>bands：先预测各波段，再由其计算指数。index：先计算所有栅格的指数，再预测指数。</translation>
  </message>
  <message>
   <source>Bands of COARSE</source>
   <translation>COARSE 的波段</translation>
  </message>
  <message>
   <source>Numbers of the bands of COARSE that correspond to those of FINE, such as 1,4,3. Empty: all, in the same order.</source>
   <translation>COARSE 中与 FINE 各波段对应的波段编号，例如 1,4,3。留空：全部，顺序相同。</translation>
  </message>
  <message>
   <source>Values of masks that are bad</source>
   <translation>掩膜中的坏值</translation>
  </message>
  <message>
   <source>Such as 3,8,9,10. Empty: every value but 0.</source>
   <translation>例如 3,8,9,10。留空：除 0 以外的所有值。</translation>
  </message>
  <message>
   <source>Pixel of the coarse sensor</source>
   <translation>粗分辨率传感器的像元</translation>
  </message>
  <message>
   <source>In pixels of FINE. Needed only where COARSE was resampled to finer pixels than the sensor's own, such as 15.4 for MODIS of 463 m on Landsat pixels. 0: measured.</source>
   <translation>以 FINE 像元为单位。仅当 COARSE 已重采样到比传感器自身更细的像元时才需要，例如 Landsat 像元上 463 m 的 MODIS 为 15.4。0：测量得到。</translation>
  </message>
  <message>
   <source>Scale of FINE</source>
   <translation>FINE 的缩放系数</translation>
  </message>
  <message>
   <source>Physical value = stored x scale + offset. Empty: as the metadata says. Where the scales of both are known, they help to find the slope.</source>
   <translation>物理值 = 存储值 x 缩放系数 + 偏置。留空：按元数据。两者的缩放系数都已知时，有助于求出斜率。</translation>
  </message>
  <message>
   <source>Offset of FINE</source>
   <translation>FINE 的偏置</translation>
  </message>
  <message>
   <source>Added after FINE_SCALE. Empty: as the metadata says.</source>
   <translation>在应用 FINE_SCALE 之后加上。留空：按元数据。</translation>
  </message>
  <message>
   <source>Scale of COARSE</source>
   <translation>COARSE 的缩放系数</translation>
  </message>
  <message>
   <source>As FINE_SCALE, for COARSE. Empty: as the metadata says.</source>
   <translation>同 FINE_SCALE，用于 COARSE。留空：按元数据。</translation>
  </message>
  <message>
   <source>Offset of COARSE</source>
   <translation>COARSE 的偏置</translation>
  </message>
  <message>
   <source>Added after COARSE_SCALE. Empty: as the metadata says.</source>
   <translation>在应用 COARSE_SCALE 之后加上。留空：按元数据。</translation>
  </message>
  <message>
   <source>If the rasters do not agree</source>
   <translation>栅格不相符时</translation>
  </message>
  <message>
   <source>fall back: leave out pairs that do not agree. Where none is left, give the fine raster nearest in time with the mean change, or as it is if a date is contaminated. Where the mean change or no change is better on the pairs themselves, use that. warn: only say so.</source>
   <translation>fall back：剔除不相符的影像对。若一对也不剩，则给出时间最近的细分辨率栅格加平均变化；若某个日期受到污染，则原样给出该栅格。如果在影像对本身上，采用平均变化或不作改变的效果更好，则采用之。warn：仅发出警告。</translation>
  </message>
  <message>
   <source>%1 is '%2'; expected whole numbers with commas between them, such as 1,4,3.</source>
   <translation>%1 为 '%2'；应为以逗号分隔的整数，例如 1,4,3。</translation>
  </message>
  <message>
   <source>where the ground changed most</source>
   <translation>地面变化最大处</translation>
  </message>
  <message>
   <source>where it changed as usual</source>
   <translation>变化程度一般处</translation>
  </message>
  <message>
   <source>where it changed least</source>
   <translation>变化最小处</translation>
  </message>
  <message>
   <source>coarse, in fine units</source>
   <translation>粗分辨率，换算到细分辨率单位</translation>
  </message>
  <message>
   <source>%1, %2: row %3, column %4</source>
   <translation>%1，%2：第 %3 行，第 %4 列</translation>
  </message>
  <message>
   <source>A pixel of the coarse sensor is taken for %1 pixels of FINE, by %2</source>
   <translation>粗分辨率传感器的一个像元视为 %1 个 FINE 像元，依据：%2</translation>
  </message>
  <message>
   <source>cells</source>
   <translation>粗像元大小</translation>
  </message>
  <message>
   <source>its smooth values, so give COARSE_PIXEL if you know it</source>
   <translation>其平滑的数值，因此如果已知 COARSE_PIXEL，请给出</translation>
  </message>
  <message>
   <source>its pixels</source>
   <translation>其像元</translation>
  </message>
  <message>
   <source>its blocks of equal values</source>
   <translation>其等值块</translation>
  </message>
  <message>
   <source>COARSE_BANDS is %1; expected %2 numbers from 1 to %3, one for each band of %4.</source>
   <translation>COARSE_BANDS 为 %1；应为 1 至 %3 的 %2 个编号，%4 的每个波段对应一个。</translation>
  </message>
  <message>
   <source>%1 has %2 bands, but %3 has %4; expected the same bands in the same order, so say as COARSE_BANDS which of them correspond.</source>
   <translation>%1 有 %2 个波段，但 %3 有 %4 个；波段及其顺序应相同，因此请用 COARSE_BANDS 指定对应的波段。</translation>
  </message>
  <message>
   <source>%1 has %2 bands, but %3 has %4; expected the same bands at all dates, so extract them first.</source>
   <translation>%1 有 %2 个波段，但 %3 有 %4 个；所有日期的波段应相同，因此请先提取。</translation>
  </message>
  <message>
   <source>as %1</source>
   <translation>以 %1 表示</translation>
  </message>
  <message>
   <source>What did the pairs tell?</source>
   <translation>从影像对得到了什么？</translation>
  </message>
  <message>
   <source>not used</source>
   <translation>未使用</translation>
  </message>
  <message>
   <source>weight %1</source>
   <translation>权重 %1</translation>
  </message>
  <message>
   <source>FINE = slope x COARSE + offset. r is the correlation of both rasters of the pair, and of the fine one of the pair with the coarse one of the wanted date. Fine, middle and wide tell what share of the coarse change was believed: below one pixel of the coarse sensor, up to three, and beyond; contrast tells the same of a change of contrast. Unexplained is fine structure of one coarse raster that the fine one does not explain, over that of the other coarse raster.</source>
   <translation>FINE = 斜率 x COARSE + 偏置。r 为影像对中两个栅格的相关系数，以及影像对的细分辨率栅格与目标日期粗分辨率栅格的相关系数。细、中、粗表示粗分辨率变化中被采信的比例：依次为小于粗分辨率传感器一个像元、至三个像元及更大的尺度；对比度表示对比度变化的同一比例。未解释部分为一个粗分辨率栅格中不能由细分辨率栅格解释的细微结构，与另一个粗分辨率栅格的该结构之比。</translation>
  </message>
  <message>
   <source>Before and after%1</source>
   <translation>前后对比%1</translation>
  </message>
  <message>
   <source>Fine, %1</source>
   <translation>细分辨率，%1</translation>
  </message>
  <message>
   <source>Predicted, %1</source>
   <translation>预测，%1</translation>
  </message>
  <message>
   <source>Coarse, %1</source>
   <translation>粗分辨率，%1</translation>
  </message>
  <message>
   <source>Are the rasters of all dates aligned?</source>
   <translation>各日期的栅格是否对齐？</translation>
  </message>
  <message>
   <source>Columns and rows, in pixels of FINE, are what must be added to the place of a raster so that it lies on the first raster of FINE. A coarse raster is compared with the fine one of its date, or of the nearest one, as the coarse sensor would see it; its trust is their correlation, less where parts of the scene do not agree about the shift. Below 0.5 nothing is moved.</source>
   <translation>列和行以 FINE 像元为单位，是为使某个栅格与 FINE 的第一个栅格重合，其位置须加上的量。粗分辨率栅格与同日期或最近日期的细分辨率栅格比较，后者按粗分辨率传感器所能看到的样子处理；其信任度为两者的相关系数，若影像各部分对偏移的判断不一致则更低。低于 0.5 时不作任何移动。</translation>
  </message>
  <message>
   <source>Fallback: %1.</source>
   <translation>回退：%1。</translation>
  </message>
  <message>
   <source>Pair of %1, %2. The coarse sensor blurs by %3.</source>
   <translation>%1 的影像对，%2。粗分辨率传感器的模糊为 %3。</translation>
  </message>
  <message>
   <source>cannot be told, left as it is</source>
   <translation>无法判断，保持原位</translation>
  </message>
  <message>
   <source>what was done</source>
   <translation>处理方式</translation>
  </message>
  <message>
   <source>r, wanted</source>
   <translation>r，目标日期</translation>
  </message>
  <message>
   <source>mean change</source>
   <translation>平均变化</translation>
  </message>
  <message>
   <source>%1, %2 first</source>
   <translation>%1，先计算 %2</translation>
  </message>
  <message>
   <source>%1 is predicted from %2</source>
   <translation>%1 由 %2 预测</translation>
  </message>
  <message>
   <source>No date has both %1 (%2) and %3 (%4) apart from TARGET_DATE; expected at least one, so give a fine and a coarse raster of the same date.</source>
   <translation>除 TARGET_DATE 外，没有同时具有 %1（%2）和 %3（%4）的日期；至少应有一个，因此请给出同一日期的细分辨率和粗分辨率栅格。</translation>
  </message>
  <message>
   <source>METHOD %1 needs %2 pairs, but %3 and %4 have %5 date in common; give a further pair, or choose another METHOD.</source>
   <translation>METHOD %1 需要 %2 个影像对，但 %3 和 %4 共有 %5 个相同日期；请再给出一个影像对，或选择其他 METHOD。</translation>
  </message>
  <message>
   <source>TARGET_DATE is empty, and %1 dates have %2 alone (%3); expected one, so say which date is wanted.</source>
   <translation>TARGET_DATE 为空，而有 %1 个日期只有 %2（%3）；应为一个，因此请指定所需的日期。</translation>
  </message>
  <message>
   <source>TARGET_DATE is %1, but %2 has no raster of that date, only of %3; choose one of them.</source>
   <translation>TARGET_DATE 为 %1，但 %2 没有该日期的栅格，只有 %3；请选择其中之一。</translation>
  </message>
  <message>
   <source>TARGET_DATE is '%1'; expected a date such as %2.</source>
   <translation>TARGET_DATE 为 '%1'；应为 %2 这样的日期。</translation>
  </message>
  <message>
   <source>%1: nothing says of which date '%2' is; expected a name with a date such as %3, so rename it, or give a table of names and dates as DATES.</source>
   <translation>%1：无法得知 '%2' 的日期；名称中应含 %3 这样的日期，因此请改名，或在 DATES 中给出名称和日期的表格。</translation>
  </message>
  <message>
   <source>%1: '%2' and '%3' are both of %4; expected one raster of a date, so leave one out or correct DATES.</source>
   <translation>%1：'%2' 和 '%3' 的日期均为 %4；每个日期应为一个栅格，因此请去掉一个，或改正 DATES。</translation>
  </message>
  <message>
   <source>%1 has a raster of %2, but %3 has none of that date; give each mask the date of its raster.</source>
   <translation>%1 有 %2 的栅格，但 %3 没有该日期的栅格；请为每个掩膜指定其栅格的日期。</translation>
  </message>
  <message>
   <source>%1 and %2 of %3 and %4 have data together in %5 pixels of the coarse sensor; expected at least %6, so choose a larger area, clearer dates, or say COARSE_PIXEL.</source>
   <translation>%3 的 %1 和 %2 与 %4 在粗分辨率传感器的 %5 个像元上同时有数据；至少应为 %6，因此请选择更大的区域、更晴朗的日期，或指定 COARSE_PIXEL。</translation>
  </message>
  <message>
   <source>Predict a fine image</source>
   <translation>预测细分辨率影像</translation>
  </message>
  <message>
   <source>Predicts what a fine sensor would have seen on a date that only a coarse sensor saw: spatiotemporal fusion, such as Landsat or Sentinel-2 with MODIS, VIIRS or Sentinel-3. Give fine and coarse rasters of at least one common date (FINE, COARSE), and the coarse raster of TARGET_DATE. It needs no network and no ONNX Runtime.</source>
   <translation>预测在仅有粗分辨率传感器观测的日期，细分辨率传感器会看到什么：即时空融合，例如 Landsat 或 Sentinel-2 与 MODIS、VIIRS 或 Sentinel-3。请给出至少一个共同日期的细分辨率和粗分辨率栅格（FINE、COARSE），以及 TARGET_DATE 的粗分辨率栅格。不需要网络和 ONNX Runtime。</translation>
  </message>
  <message>
   <source>Dates come from a table (DATES), the metadata or the file names. Bands must be the same, in the same order. A NetCDF with a time dimension may be given as one raster.</source>
   <translation>日期取自表格（DATES）、元数据或文件名。波段及其顺序必须相同。带时间维的 NetCDF 可作为一个栅格给出。</translation>
  </message>
  <message>
   <source>regression measures on each pair how the coarse sensor blurs, its slope and offset for each band, and its noise at each spatial scale. Change is then trusted as far as it is stronger than that noise, and given to the fine pixels by a local regression. If fine and coarse images of one date do not agree, or a date looks contaminated by clouds, the run warns and falls back (GUARD). starfm, estarfm, fsdaf and fitfc are the methods of the literature. meanshift and unchanged are what any method should beat.</source>
   <translation>regression 在每个影像对上测量粗分辨率传感器的模糊、各波段的斜率和偏置，以及各空间尺度上的噪声。变化只在强于该噪声的程度上被采信，再由局部回归分配到细像元。若同一日期的细分辨率和粗分辨率影像不相符，或某个日期疑似受云污染，则发出警告并回退（GUARD）。starfm、estarfm、fsdaf 和 fitfc 为文献中的方法。meanshift 和 unchanged 是任何方法都应超过的基准。</translation>
  </message>
  <message>
   <source>TRUST says at each pixel how far the coarse change was believed: 0 = only the mean change, 1 = all of it. The result has the pixels, units and bands of the first raster of FINE.</source>
   <translation>TRUST 说明每个像元上粗分辨率变化的采信程度：0 = 仅平均变化，1 = 全部变化。结果采用 FINE 第一个栅格的像元、单位和波段。</translation>
  </message>
  <message>
   <source>spatiotemporal fusion</source>
   <translation>时空融合</translation>
  </message>
  <message>
   <source>land surface temperature</source>
   <translation>地表温度</translation>
  </message>
  <message>
   <source>Predict in time</source>
   <translation>时空预测</translation>
  </message>
  <message>
   <source>Fine rasters</source>
   <translation>细分辨率栅格</translation>
  </message>
  <message>
   <source>One for each date. The result has the grid of the first one.</source>
   <translation>每个日期一个。结果采用第一个栅格的格网。</translation>
  </message>
  <message>
   <source>Coarse rasters</source>
   <translation>粗分辨率栅格</translation>
  </message>
  <message>
   <source>One for each date, that of TARGET_DATE among them; the same bands as FINE.</source>
   <translation>每个日期一个，其中包括 TARGET_DATE 的栅格；波段与 FINE 相同。</translation>
  </message>
  <message>
   <source>Masks of fine rasters</source>
   <translation>细分辨率栅格的掩膜</translation>
  </message>
  <message>
   <source>Quality or cloud masks, one band, by date. MASK_VALUES says which values are bad.</source>
   <translation>质量掩膜或云掩膜，单波段，按日期给出。MASK_VALUES 指定哪些值为坏值。</translation>
  </message>
  <message>
   <source>Masks of coarse rasters</source>
   <translation>粗分辨率栅格的掩膜</translation>
  </message>
  <message>
   <source>As FINE_MASK, for COARSE.</source>
   <translation>同 FINE_MASK，用于 COARSE。</translation>
  </message>
  <message>
   <source>Predicted raster</source>
   <translation>预测的栅格</translation>
  </message>
  <message>
   <source>What was found about the dates, the blur, slopes and noise of the coarse sensor, and pictures before and after, as a page for the browser.</source>
   <translation>日期检查结果，粗分辨率传感器的模糊、斜率和噪声，以及前后对比图，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>What was done instead where the rasters do not agree; empty = nothing</source>
   <translation>栅格不相符时改用的处理；为空 = 未改用</translation>
  </message>
  <message>
   <source>How far the coarse change was believed at each pixel, band by band, 0 to 1.</source>
   <translation>每个像元上粗分辨率变化的采信程度，逐波段，0 至 1。</translation>
  </message>
  <message>
   <source>%1 and %2 have %3 dates in common; expected at least two, since one is predicted from the others, so give further pairs.</source>
   <translation>%1 和 %2 共有 %3 个相同日期；应至少为两个，因为其中一个由其余的预测，因此请再给出影像对。</translation>
  </message>
  <message>
   <source>%1 has no raster of %2; a date is judged where both sensors saw it, so give that raster, or choose another date.</source>
   <translation>%1 没有 %2 的栅格；只在两种传感器都有观测的日期评价，因此请给出该栅格，或选择其他日期。</translation>
  </message>
  <message>
   <source>%1: nothing says of which date '%2' is; say it as TARGET_DATE.</source>
   <translation>%1：无法得知 '%2' 的日期；请用 TARGET_DATE 指定。</translation>
  </message>
  <message>
   <source>TARGET_DATE is %1, but %2 is of %3; leave TARGET_DATE empty.</source>
   <translation>TARGET_DATE 为 %1，但 %2 的日期为 %3；请将 TARGET_DATE 留空。</translation>
  </message>
  <message>
   <source>No pixel of %1 is valid in %2 and in all predictions; choose another date or a larger area.</source>
   <translation>%1 没有在 %2 和所有预测中均有效的像元；请选择其他日期或更大的区域。</translation>
  </message>
  <message>
   <source>INDEX %1 is computed from values whose scale is not known, but it is defined for reflectance</source>
   <translation>INDEX %1 由缩放未知的数值计算，但它是针对反射率定义的</translation>
  </message>
  <message>
   <source>give FINE_SCALE and COARSE_SCALE, or scale and offset in the metadata</source>
   <translation>请给出 FINE_SCALE 和 COARSE_SCALE，或在元数据中给出缩放系数和偏置</translation>
  </message>
  <message>
   <source>index</source>
   <translation>指数</translation>
  </message>
  <message>
   <source>Local regression with measured blur (best)</source>
   <translation>局部回归，模糊由测量得到（最佳）</translation>
  </message>
  <message>
   <source>Unchanged, plus the mean change</source>
   <translation>保持不变，加平均变化</translation>
  </message>
  <message>
   <source>Warn, and take the simpler prediction</source>
   <translation>警告，并采用较简单的预测</translation>
  </message>
  <message>
   <source>Warn only</source>
   <translation>仅警告</translation>
  </message>
  <message>
   <source>Buildings, trees and roads</source>
   <translation>建筑、树木和道路</translation>
  </message>
  <message>
   <source>No OPTICAL is given, so trees are told from buildings by their roughness alone, and roads by intensity</source>
   <translation>未给出 OPTICAL，因此树木与建筑物仅由粗糙度区分，道路仅由强度区分</translation>
  </message>
  <message>
   <source>Nothing says which bands of %1 are red, green, blue or near infrared, so it is not used</source>
   <translation>没有说明 %1 的哪些波段为红、绿、蓝或近红外，因此不予采用</translation>
  </message>
  <message>
   <source>greenness, since it has no near infrared</source>
   <translation>绿度，因为它没有近红外波段</translation>
  </message>
  <message>
   <source>plants</source>
   <translation>植被</translation>
  </message>
  <message>
   <source>%1 has no data in the area of the run; choose another raster.</source>
   <translation>%1 在运行区域内没有数据；请选择其他栅格。</translation>
  </message>
  <message>
   <source>Heights are band %1 of %2</source>
   <translation>高度为 %2 的波段 %1</translation>
  </message>
  <message>
   <source>Plants are told in %1 by %2</source>
   <translation>%1 中的植被由%2识别</translation>
  </message>
  <message>
   <source>Hardly any height of %1 is below %2 m, as if it counted from the sea</source>
   <translation>%1 几乎没有低于 %2 m 的高度，似乎从海平面起算</translation>
  </message>
  <message>
   <source>give the terrain as DTM, or make heights above ground with rsfusion:lidarfeatures</source>
   <translation>请将地形作为 DTM 给出，或用 rsfusion:lidarfeatures 生成离地高度</translation>
  </message>
  <message>
   <source>name the bands, or give their wavelengths</source>
   <translation>请为波段命名，或给出其波长</translation>
  </message>
  <message>
   <source>Least height of a building (m)</source>
   <translation>建筑物最小高度（m）</translation>
  </message>
  <message>
   <source>Lower roofs are not found.</source>
   <translation>更低的屋顶不会被提取。</translation>
  </message>
  <message>
   <source>Least height of a tree (m)</source>
   <translation>树木最小高度（m）</translation>
  </message>
  <message>
   <source>Lower plants are other.</source>
   <translation>更低的植被归为 other。</translation>
  </message>
  <message>
   <source>Least width of a building (m)</source>
   <translation>建筑物最小宽度（m）</translation>
  </message>
  <message>
   <source>Narrower parts, such as walls and cars, are taken off buildings.</source>
   <translation>更窄的部分，例如墙和汽车，从建筑物中去除。</translation>
  </message>
  <message>
   <source>Largest roughness of a roof (m)</source>
   <translation>屋顶最大粗糙度（m）</translation>
  </message>
  <message>
   <source>Standard deviation of the heights about the plane that fits best through a pixel, in a window of some 4 m. Crowns are rougher than roofs of any pitch. Half of it holds where OPTICAL does not tell plants.</source>
   <translation>在约 4 m 的窗口内，高度相对于像元处最佳拟合平面的标准差。树冠比任何坡度的屋顶都粗糙。在 OPTICAL 无法识别植被之处，采用其一半。</translation>
  </message>
  <message>
   <source>NDVI of plants, from</source>
   <translation>植被的 NDVI 下限</translation>
  </message>
  <message>
   <source>Where OPTICAL has red and near infrared.</source>
   <translation>用于 OPTICAL 具有红和近红外波段的情形。</translation>
  </message>
  <message>
   <source>Greenness of plants, from</source>
   <translation>植被的绿度下限</translation>
  </message>
  <message>
   <source>(2 green - red - blue) / (red + green + blue), where OPTICAL has no near infrared.</source>
   <translation>(2 green - red - blue) / (red + green + blue)，用于 OPTICAL 没有近红外波段的情形。</translation>
  </message>
  <message>
   <source>Least width of a road (m)</source>
   <translation>道路最小宽度（m）</translation>
  </message>
  <message>
   <source>Narrower parts are taken off roads.</source>
   <translation>更窄的部分从道路中去除。</translation>
  </message>
  <message>
   <source>Least rectangularity of a building (0 = all)</source>
   <translation>建筑物最小矩形度（0 = 全部）</translation>
  </message>
  <message>
   <source>Share of the rectangle around a building that it covers. What covers less is left out of POLYGONS.</source>
   <translation>建筑物占其外接矩形的比例。比例更小的不计入 POLYGONS。</translation>
  </message>
  <message>
   <source>Outlines of buildings with right angles</source>
   <translation>建筑物轮廓取直角</translation>
  </message>
  <message>
   <source>Edges follow the main direction of the building. An outline that would differ too much from the pixels is simplified only.</source>
   <translation>边沿建筑物的主方向。若所得轮廓与像元相差过大，则只作简化。</translation>
  </message>
  <message>
   <source>Names or codes, separated by commas. Empty: building, tree and road.</source>
   <translation>名称或代码，以逗号分隔。留空：building、tree 和 road。</translation>
  </message>
  <message>
   <source>Heights above ground (nDSM, CHM) in metres, or heights of the surface (DSM) where DTM is given. The band that is called height, CHM, nDSM or DSM is taken, else the first; a band that is called intensity helps to find roads. The results have its pixels.</source>
   <translation>离地高度（nDSM、CHM），单位为米；若给出 DTM，则为表面高度（DSM）。采用名称为 height、CHM、nDSM 或 DSM 的波段，否则采用第一个；名称为 intensity 的波段有助于提取道路。结果采用其像元。</translation>
  </message>
  <message>
   <source>Heights of the ground, in the same unit and from the same zero as LIDAR, which are taken off it. Empty: LIDAR holds heights above ground.</source>
   <translation>地面高程，单位和起算面与 LIDAR 相同，从 LIDAR 中减去。留空：LIDAR 为离地高度。</translation>
  </message>
  <message>
   <source>Tells plants from roofs and roads: by NDVI where it has red and near infrared, else by how green it is.</source>
   <translation>用于将植被与屋顶和道路区分开：有红和近红外波段时用 NDVI，否则用绿度。</translation>
  </message>
  <message>
   <source>Extract buildings, trees and roads</source>
   <translation>提取建筑物、树木和道路</translation>
  </message>
  <message>
   <source>Finds buildings, trees and roads in heights above ground (LIDAR, or LIDAR with DTM), and with an optical image where there is one, by rules: a roof is high, lies on a plane and is not green; a tree is high, and green or rough; a road is low, not green, and dark in the intensity of the LiDAR. POLYGONS holds them as polygons; outlines of buildings get right angles.</source>
   <translation>由离地高度（LIDAR，或 LIDAR 加 DTM），以及可选的光学影像，按规则提取建筑物、树木和道路：屋顶较高、位于平面上且不绿；树木较高，且绿或粗糙；道路较低、不绿，且在 LiDAR 强度中较暗。POLYGONS 以多边形给出它们；建筑物的轮廓取直角。</translation>
  </message>
  <message>
   <source>Nothing is learned, so nothing must be trained, and CONFIDENCE is no calibrated probability. Where you have samples, rsfusion:trainsegmenter learns these or other targets from LIDAR and OPTICAL, and rsfusion:segment draws them.</source>
   <translation>不进行学习，因此无需训练，CONFIDENCE 也不是经校准的概率。如有样本，可用 rsfusion:trainsegmenter 由 LIDAR 和 OPTICAL 学习这些或其他目标，再用 rsfusion:segment 绘制。</translation>
  </message>
  <message>
   <source>Without OPTICAL trees are told from buildings by their roughness, and roads need a band of intensity.</source>
   <translation>没有 OPTICAL 时，树木与建筑物由粗糙度区分，道路则需要强度波段。</translation>
  </message>
  <message>
   <source>regularised outlines</source>
   <translation>规则化的轮廓</translation>
  </message>
  <message>
   <source>How much area each class covers, and how many polygons there are, as a page for the browser.</source>
   <translation>各类别所占的面积，以及多边形的数量，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Number of buildings (-1: not drawn)</source>
   <translation>建筑物数量（-1：未绘制）</translation>
  </message>
  <message>
   <source>Buildings, trees and roads, in a GeoPackage or another format by the file's ending (.gpkg, .geojson, .fgb, .shp). Each polygon has its class, its area in square metres (area_m2) and the mean confidence inside it (mean_prob).</source>
   <translation>建筑物、树木和道路，格式为 GeoPackage，或按文件扩展名采用其他格式（.gpkg、.geojson、.fgb、.shp）。每个多边形带有其类别、面积（平方米，area_m2）及其内部的平均置信度（mean_prob）。</translation>
  </message>
  <message>
   <source>HS holds 0 in every band of %1 pixels, which are taken for pixels without data</source>
   <translation>HS 有 %1 个像元在所有波段均为 0，视为无数据像元</translation>
  </message>
  <message>
   <source>fill</source>
   <translation>填充值</translation>
  </message>
  <message>
   <source>class of the largest share</source>
   <translation>丰度最大的类别</translation>
  </message>
  <message>
   <source>declare 0 as its nodata value</source>
   <translation>请将 0 声明为其无数据值</translation>
  </message>
  <message>
   <source>reconstruction error</source>
   <translation>重建误差</translation>
  </message>
  <message>
   <source>Extract endmembers</source>
   <translation>提取端元</translation>
  </message>
  <message>
   <source>Finds the spectra of pure materials in a hyperspectral raster, and writes them as a library that rsfusion:unmix reads.</source>
   <translation>在高光谱栅格中寻找纯净物质的光谱，并将其写成可由 rsfusion:unmix 读取的光谱库。</translation>
  </message>
  <message>
   <source>Without samples, the purest pixels are looked for: the outermost ones in the space of the signal (VCA, improved by N-FINDR). COUNT is their number; 0: estimated from noise and signal (HySime). With samples (SAMPLES with CLASS_FIELD, or LABELS), the library holds the spectra of pixels that samples of one class cover, up to 24 of each class.</source>
   <translation>没有样本时，寻找最纯净的像元，即信号空间中最外侧的像元（VCA，再由 N-FINDR 改进）。COUNT 为其个数；0：由噪声和信号估计（HySime）。有样本时（SAMPLES 及 CLASS_FIELD，或 LABELS），光谱库包含由单一类别样本覆盖的像元的光谱，每类最多 24 条。</translation>
  </message>
  <message>
   <source>Bands that the metadata call bad are left out. A name such as 'tree #2' is the second spectrum of the class 'tree'. Rename the classes in the CSV file: what stands in its first line are the names in the result of rsfusion:unmix.</source>
   <translation>元数据标为坏波段的波段不参与。'tree #2' 这样的名称表示类别 'tree' 的第二条光谱。可在 CSV 文件中重命名类别：其首行的内容即为 rsfusion:unmix 结果中的名称。</translation>
  </message>
  <message>
   <source>The spectra as curves, where they lie, how different they are, and what was found, as a page for the browser.</source>
   <translation>光谱曲线、光谱所在位置、光谱间的差异以及检查结果，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>What was found?</source>
   <translation>检查结果如何？</translation>
  </message>
  <message>
   <source>OUTPUT: '%1' has the ending '%2'; expected %3 or %4, so rename it.</source>
   <translation>OUTPUT：'%1' 的扩展名为 '%2'；应为 %3 或 %4，因此请改名。</translation>
  </message>
  <message>
   <source>spectral library</source>
   <translation>光谱库</translation>
  </message>
  <message>
   <source>Library of spectra</source>
   <translation>光谱库</translation>
  </message>
  <message>
   <source>CSV: one line per wavelength, one column per spectrum. SLI: ENVI spectral library with its header.</source>
   <translation>CSV：每个波长一行，每条光谱一列。SLI：ENVI 光谱库及其头文件。</translation>
  </message>
  <message>
   <source>CSV files (*.csv);;ENVI spectral libraries (*.sli)</source>
   <translation>CSV 文件 (*.csv);;ENVI 光谱库 (*.sli)</translation>
  </message>
  <message>
   <source>Number of spectra</source>
   <translation>光谱数</translation>
  </message>
  <message>
   <source>Names of the classes, one line each</source>
   <translation>类别名称，每行一个</translation>
  </message>
  <message>
   <source>The regression learned from %1; error of the shares when each is left out:</source>
   <translation>回归的学习数据：%1；逐一留出时的丰度误差：</translation>
  </message>
  <message>
   <source>%1 pixels whose shares the samples tell</source>
   <translation>由样本得知丰度的 %1 个像元</translation>
  </message>
  <message>
   <source>%1 synthetic mixtures</source>
   <translation>%1 个合成混合光谱</translation>
  </message>
  <message>
   <source>regression</source>
   <translation>回归</translation>
  </message>
  <message>
   <source>GUIDE has %1 pixels along one of HS, of which %2 are looked at</source>
   <translation>GUIDE 沿 HS 一个像元的边有 %1 个像元，使用其中 %2 个</translation>
  </message>
  <message>
   <source>guide</source>
   <translation>引导影像</translation>
  </message>
  <message>
   <source>%1 has %2 band; expected a raster of several bands, so choose another one.</source>
   <translation>%1 有 %2 个波段；应为多波段栅格，因此请选择其他栅格。</translation>
  </message>
  <message>
   <source>LIBRARY and %1 are both given; expected one of them, so leave one empty.</source>
   <translation>LIBRARY 和 %1 都给出了；应只有其中之一，因此请将另一个留空。</translation>
  </message>
  <message>
   <source>COUNT is %1; expected 0 (estimated) or 2 to %2, the bands of %3.</source>
   <translation>COUNT 为 %1；应为 0（自动估计），或 2 至 %2，即 %3 的波段数。</translation>
  </message>
  <message>
   <source>GUIDE has no data where HS has; choose rasters of one area.</source>
   <translation>GUIDE 在 HS 有数据之处没有数据；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>How many endmembers are looked for in HS itself, where neither LIBRARY nor samples are given. 0: estimated from the noise and the signal of HS (HySime), which is often more than the materials that have a name.</source>
   <translation>既未给出 LIBRARY 也未给出样本时，在 HS 本身中寻找多少个端元。0：由 HS 的噪声和信号估计（HySime），结果往往多于有名称的物质数。</translation>
  </message>
  <message>
   <source>Stored value of HS that means 1 in the library, such as 10000 for reflectance x 10000. 0: the scale that the bands state is applied, and a factor of 100 or 10000 between HS and a library is found by itself.</source>
   <translation>HS 中与光谱库的 1 对应的存储值，例如反射率 x 10000 时为 10000。0：应用波段声明的缩放系数，并自动识别 HS 与光谱库之间 100 或 10000 的倍数。</translation>
  </message>
  <message>
   <source>Number of endmembers (0 = estimated)</source>
   <translation>端元数（0 = 自动估计）</translation>
  </message>
  <message>
   <source>Purity of samples (0.5 to 1)</source>
   <translation>样本纯度（0.5 至 1）</translation>
  </message>
  <message>
   <source>Share of a pixel of HS that samples of one class must cover, so that its spectrum stands for the class. A class without such a pixel gets the spectrum that fits its shares in the mixed ones.</source>
   <translation>HS 的一个像元须被单一类别样本覆盖的比例，达到该比例时其光谱才代表该类别。没有这种像元的类别，采用与其在混合像元中的丰度相符的光谱。</translation>
  </message>
  <message>
   <source>Stored value of 1 (0 = found)</source>
   <translation>表示 1 的存储值（0 = 自动确定）</translation>
  </message>
  <message>
   <source>Endmembers from a file: CSV (first column wavelength, one column per spectrum), ENVI spectral library (.sli with .hdr), or the EnMAP-Box's GeoJSON or JSON. Spectra of one class have the same name, or 'tree #1', 'tree #2'. They are brought to the bands of HS by wavelength and band width.</source>
   <translation>来自文件的端元：CSV（首列为波长，每条光谱一列）、ENVI 光谱库（.sli 及 .hdr），或 EnMAP-Box 的 GeoJSON 或 JSON。同一类别的光谱名称相同，或为 'tree #1'、'tree #2'。它们按波长和波段宽度转换到 HS 的波段。</translation>
  </message>
  <message>
   <source>Weight of GUIDE (0 = none)</source>
   <translation>GUIDE 的权重（0 = 不使用）</translation>
  </message>
  <message>
   <source>How far the shares are drawn to those that GUIDE tells. 1: as much as HS itself counts.</source>
   <translation>丰度趋向 GUIDE 所示值的程度。1：与 HS 本身同等重要。</translation>
  </message>
  <message>
   <source>Penalty of METHOD sparse</source>
   <translation>METHOD 为 sparse 时的惩罚系数</translation>
  </message>
  <message>
   <source>The larger, the fewer spectra of the library take part in a pixel.</source>
   <translation>越大，参与一个像元的光谱库光谱越少。</translation>
  </message>
  <message>
   <source>%1 x %2 pixels of %3 lie in one of HS</source>
   <translation>HS 的一个像元内有 %3 的 %1 x %2 个像元</translation>
  </message>
  <message>
   <source>%1 is read at %2 x %3 places in each pixel of HS, the nearest of its pixels at each</source>
   <translation>在 HS 每个像元内的 %2 x %3 个位置读取 %1，每处取其最近的像元</translation>
  </message>
  <message>
   <source>The first %1 of %2 are drawn.</source>
   <translation>绘出 %2 个中的前 %1 个。</translation>
  </message>
  <message>
   <source>nearest other, degrees</source>
   <translation>与最近者的夹角（度）</translation>
  </message>
  <message>
   <source>How much of the area has each class?</source>
   <translation>各类别占多少面积？</translation>
  </message>
  <message>
   <source>Root mean square of the reconstruction error: %1, in the unit of HS.</source>
   <translation>重建误差的均方根：%1，单位同 HS。</translation>
  </message>
  <message>
   <source>wavelength, nm</source>
   <translation>波长（nm）</translation>
  </message>
  <message>
   <source>What do the endmembers look like?</source>
   <translation>端元是什么样的？</translation>
  </message>
  <message>
   <source>They come from %1.%2</source>
   <translation>来源：%1。%2</translation>
  </message>
  <message>
   <source>Mean spectrum of each class.</source>
   <translation>各类别的平均光谱。</translation>
  </message>
  <message>
   <source>mean share, %</source>
   <translation>平均丰度（%）</translation>
  </message>
  <message>
   <source>largest in, % of the pixels</source>
   <translation>丰度最大的像元占比（%）</translation>
  </message>
  <message>
   <source>column, row</source>
   <translation>列，行</translation>
  </message>
  <message>
   <source>samples (%1)</source>
   <translation>样本（%1）</translation>
  </message>
  <message>
   <source>No pixel of HS is covered to %1 by samples of '%2', so %3</source>
   <translation>HS 没有被 '%2' 的样本覆盖达 %1 的像元，因此%3</translation>
  </message>
  <message>
   <source>its spectrum is that of pixels that samples cover less, or of points</source>
   <translation>其光谱取自样本覆盖较少的像元或点所在的像元</translation>
  </message>
  <message>
   <source>endmembers</source>
   <translation>端元</translation>
  </message>
  <message>
   <source>samples</source>
   <translation>样本</translation>
  </message>
  <message>
   <source>%1 has samples of %2 class inside HS; expected two or more, so add samples of another class.</source>
   <translation>%1 在 HS 内有 %2 个类别的样本；应为两个或更多，因此请添加其他类别的样本。</translation>
  </message>
  <message>
   <source>its spectrum is the one that fits the mixed pixels</source>
   <translation>其光谱为与混合像元相符的光谱</translation>
  </message>
  <message>
   <source>Spectra of each class: %1</source>
   <translation>各类别的光谱数：%1</translation>
  </message>
  <message>
   <source>HS itself</source>
   <translation>HS 本身</translation>
  </message>
  <message>
   <source>the library '%1'</source>
   <translation>光谱库 '%1'</translation>
  </message>
  <message>
   <source>HS holds values about %1 times those of LIBRARY, so the library's are multiplied by that; give SCALE where this is wrong</source>
   <translation>HS 的值约为 LIBRARY 的 %1 倍，因此光谱库的值乘以该倍数；如果不对，请给出 SCALE</translation>
  </message>
  <message>
   <source>HS holds %1 endmembers by its noise and signal (HySime)</source>
   <translation>由噪声和信号判断，HS 有 %1 个端元（HySime）</translation>
  </message>
  <message>
   <source>HS has only %1 pixels that differ, fewer than the %2 endmembers that were looked for</source>
   <translation>HS 只有 %1 个互不相同的像元，少于要寻找的 %2 个端元</translation>
  </message>
  <message>
   <source>scale</source>
   <translation>缩放系数</translation>
  </message>
  <message>
   <source>give COUNT, since so many are more than most scenes have materials</source>
   <translation>请给出 COUNT，因为这一数目超过了大多数影像的物质数</translation>
  </message>
  <message>
   <source>HS holds no valid pixel; check its nodata value and mask, or choose another raster.</source>
   <translation>HS 没有有效像元；请检查其无数据值和掩膜，或选择其他栅格。</translation>
  </message>
  <message>
   <source>COUNT is %1, but HS has %2 bands; expected at most as many endmembers as bands, so lower it.</source>
   <translation>COUNT 为 %1，但 HS 有 %2 个波段；端元数最多应与波段数相同，因此请减小。</translation>
  </message>
  <message>
   <source>HS has the same spectrum everywhere, so no endmembers can be told apart; give a LIBRARY.</source>
   <translation>HS 处处为相同的光谱，因此无法区分端元；请给出 LIBRARY。</translation>
  </message>
  <message>
   <source>endmember %1</source>
   <translation>端元 %1</translation>
  </message>
  <message>
   <source>lower COUNT, or give a LIBRARY</source>
   <translation>请减小 COUNT，或给出 LIBRARY</translation>
  </message>
  <message>
   <source>Unmix spectra</source>
   <translation>光谱解混</translation>
  </message>
  <message>
   <source>Tells what share of every pixel belongs to which material, from a hyperspectral (HS) or multispectral raster. It needs no network and no ONNX Runtime.</source>
   <translation>由高光谱（HS）或多光谱栅格得出每个像元中各物质所占的比例。不需要网络和 ONNX Runtime。</translation>
  </message>
  <message>
   <source>Endmembers, the spectra of the materials, come from LIBRARY (a file of spectra), from samples (SAMPLES with CLASS_FIELD, or LABELS), or else from HS itself: its purest pixels are looked for (VCA and N-FINDR), COUNT of them or as many as noise and signal tell.</source>
   <translation>端元即物质的光谱，取自 LIBRARY（光谱文件）、样本（SAMPLES 及 CLASS_FIELD，或 LABELS），否则取自 HS 本身：寻找其最纯净的像元（VCA 和 N-FINDR），个数为 COUNT，或由噪声和信号确定。</translation>
  </message>
  <message>
   <source>METHOD: fcls: least squares with shares that are not negative and sum to one. sclsu: the same, while a pixel may be darker or brighter than the endmembers. sparse: few spectra of a large library in each pixel. bundles: several spectra for each class. synthetic: a regression that learns from pixels whose shares the samples tell, or from random mixtures of the spectra.</source>
   <translation>METHOD：fcls：最小二乘，丰度非负且和为一。sclsu：同上，但像元可以比端元更暗或更亮。sparse：每个像元只用大型光谱库中的少数光谱。bundles：每类多条光谱。synthetic：从由样本得知丰度的像元，或从光谱的随机混合中学习的回归。</translation>
  </message>
  <message>
   <source>GUIDE is a finer raster of the same area, such as an aerial image or LiDAR heights. It tells how each class looks there, and draws the shares to what its pixels say.</source>
   <translation>GUIDE 为同一区域更细的栅格，例如航空影像或 LiDAR 高度。它反映各类别在该处的特征，并使丰度趋向其像元所示的情况。</translation>
  </message>
  <message>
   <source>OUTPUT has one band for each class, 0 to 1; the bands of a pixel sum to 1. CLASSES has the class of the largest share with names and colours, ERROR how far the mixture is from the pixel, SHADE how much darker the pixel is than the mixture. Stored values may be scaled: a library in reflectance fits HS in reflectance x 10000.</source>
   <translation>OUTPUT 每类一个波段，0 至 1；一个像元的各波段之和为 1。CLASSES 为丰度最大的类别，带名称和颜色；ERROR 为混合结果与像元的差距；SHADE 为像元比混合结果暗多少。存储值可以是缩放过的：反射率光谱库可用于反射率 x 10000 的 HS。</translation>
  </message>
  <message>
   <source>spectral unmixing</source>
   <translation>光谱解混</translation>
  </message>
  <message>
   <source>synthetic mixing</source>
   <translation>合成混合</translation>
  </message>
  <message>
   <source>The raster that is unmixed, two or more bands. The result has its pixels.</source>
   <translation>待解混的栅格，两个或更多波段。结果采用其像元。</translation>
  </message>
  <message>
   <source>Guide: a finer raster</source>
   <translation>引导栅格：更细的栅格</translation>
  </message>
  <message>
   <source>A raster with finer (or equal) pixels of the same area, any bands, such as a multispectral image or heights above ground.</source>
   <translation>同一区域像元更细（或相同）的栅格，波段不限，例如多光谱影像或离地高度。</translation>
  </message>
  <message>
   <source>fcls: one spectrum per class, shares sum to one. sclsu: brightness is free. sparse: few spectra of a large library. bundles: several spectra per class. synthetic: a regression.</source>
   <translation>fcls：每类一条光谱，丰度和为一。sclsu：亮度可变。sparse：大型光谱库中的少数光谱。bundles：每类多条光谱。synthetic：回归。</translation>
  </message>
  <message>
   <source>Shares of the classes</source>
   <translation>类别丰度</translation>
  </message>
  <message>
   <source>What was found about the rasters, the spectra of the endmembers, and the mean share of each class, as a page for the browser.</source>
   <translation>栅格检查结果、端元光谱以及各类别的平均丰度，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>all of HS</source>
   <translation>整个 HS</translation>
  </message>
  <message>
   <source>Class of the largest share</source>
   <translation>丰度最大的类别</translation>
  </message>
  <message>
   <source>Class codes with names and colours.</source>
   <translation>类别代码，带名称和颜色。</translation>
  </message>
  <message>
   <source>Reconstruction error</source>
   <translation>重建误差</translation>
  </message>
  <message>
   <source>Root mean square over the bands of the difference between the pixel and its mixture, in the unit of HS.</source>
   <translation>像元与其混合结果之差在各波段上的均方根，单位同 HS。</translation>
  </message>
  <message>
   <source>1 minus the brightness of the pixel against its mixture: 0 = as bright, 1 = black, below 0 = brighter.</source>
   <translation>1 减去像元相对于其混合结果的亮度：0 = 同样亮，1 = 全黑，小于 0 = 更亮。</translation>
  </message>
  <message>
   <source>FCLS: shares not negative, sum to one</source>
   <translation>FCLS：丰度非负，和为一</translation>
  </message>
  <message>
   <source>SCLSU: the same, with brightness</source>
   <translation>SCLSU：同上，另含亮度</translation>
  </message>
  <message>
   <source>Sparse: few spectra of a large library</source>
   <translation>稀疏：大型光谱库中的少数光谱</translation>
  </message>
  <message>
   <source>Bundles: several spectra for each class</source>
   <translation>端元束：每类多条光谱</translation>
  </message>
  <message>
   <source>Regression on synthetic mixtures</source>
   <translation>基于合成混合光谱的回归</translation>
  </message>
  <message>
   <source>Use of the blocks of a town</source>
   <translation>城镇街区的用途</translation>
  </message>
  <message>
   <source>%1: %2 of %3</source>
   <translation>%1：%3 的 %2</translation>
  </message>
  <message>
   <source>per km² in the zone</source>
   <translation>分区内每 km²</translation>
  </message>
  <message>
   <source>share of the points in the zone</source>
   <translation>分区内点的占比</translation>
  </message>
  <message>
   <source>per km² around</source>
   <translation>周围每 km²</translation>
  </message>
  <message>
   <source>share of the points around</source>
   <translation>周围点的占比</translation>
  </message>
  <message>
   <source>distance to the nearest</source>
   <translation>到最近点的距离</translation>
  </message>
  <message>
   <source>all points per km²</source>
   <translation>每 km² 全部点数</translation>
  </message>
  <message>
   <source>mixture of the points</source>
   <translation>点的混合度</translation>
  </message>
  <message>
   <source>logarithm of the area</source>
   <translation>面积的对数</translation>
  </message>
  <message>
   <source>%1: no zone lies on '%2'; check that both show one area.</source>
   <translation>%1：没有分区位于 '%2' 上；请检查两者是否为同一区域。</translation>
  </message>
  <message>
   <source>FOLDS is %1, but only %2 zones have a class; expected at least %3, so give the class of more zones, or fewer folds.</source>
   <translation>FOLDS 为 %1，但只有 %2 个分区有类别；应至少为 %3 个，因此请给出更多分区的类别，或减少折数。</translation>
  </message>
  <message>
   <source>%1 points of the categories %2.</source>
   <translation>类型 %2 的点共 %1 个。</translation>
  </message>
  <message>
   <source>%1 features of POINTS %2 were left out.</source>
   <translation>POINTS 的 %1 个要素未计入，原因：%2。</translation>
  </message>
  <message>
   <source>ZONES is missing; name a layer of polygons.</source>
   <translation>缺少 ZONES；请指定多边形图层。</translation>
  </message>
  <message>
   <source>CLASS_FIELD is empty; name the field of ZONES with the classes that are known.</source>
   <translation>CLASS_FIELD 为空；请指定 ZONES 中已知类别的字段。</translation>
  </message>
  <message>
   <source>RASTERS and POINTS are empty, and FEATURE_POINTS, too; expected one of them or several, so give rasters or points.</source>
   <translation>RASTERS 和 POINTS 为空，FEATURE_POINTS 也为空；应给出其中一个或几个，因此请给出栅格或点。</translation>
  </message>
  <message>
   <source>Reading raster %1 of %2.</source>
   <translation>正在读取第 %1 个栅格，共 %2 个。</translation>
  </message>
  <message>
   <source>%1 features of ZONES have no polygon and were left out.</source>
   <translation>ZONES 的 %1 个要素没有多边形，未计入。</translation>
  </message>
  <message>
   <source>%1 points with %2 features; %3 zones have none.</source>
   <translation>%1 个点，各有 %2 个特征；%3 个分区没有这样的点。</translation>
  </message>
  <message>
   <source>%1, of which %2 of known class</source>
   <translation>%1，其中 %2 个类别已知</translation>
  </message>
  <message>
   <source>point features</source>
   <translation>点特征</translation>
  </message>
  <message>
   <source>points with features</source>
   <translation>带特征的点</translation>
  </message>
  <message>
   <source>%1: '%2' holds no polygons; choose a layer of zones.</source>
   <translation>%1：'%2' 不含多边形；请选择分区图层。</translation>
  </message>
  <message>
   <source>%1: the field '%2' names %3 classes; expected two or more, each of %4 zones or more, so give the class of more zones.</source>
   <translation>%1：字段 '%2' 有 %3 个类别；应为两个或更多，且每个类别至少 %4 个分区，因此请给出更多分区的类别。</translation>
  </message>
  <message>
   <source>%1: the field '%2' names %3 classes, but at most %4 can be told apart; choose a field with fewer.</source>
   <translation>%1：字段 '%2' 有 %3 个类别，但最多只能区分 %4 个；请选择类别较少的字段。</translation>
  </message>
  <message>
   <source>%1 has too few zones of %2; expected %3 or more of each class, so add some, or leave the class out.</source>
   <translation>%1 的分区太少，涉及 %2；每个类别应有 %3 个或更多，因此请添加一些，或去掉该类别。</translation>
  </message>
  <message>
   <source>%1 has no field '%2' of texts or numbers; its fields are: %3.</source>
   <translation>%1 没有文本或数字字段 '%2'；其字段为：%3。</translation>
  </message>
  <message>
   <source>distance to the neighbours</source>
   <translation>到邻近分区的距离</translation>
  </message>
  <message>
   <source>distance to the nearest zone</source>
   <translation>到最近分区的距离</translation>
  </message>
  <message>
   <source>size beside the neighbours</source>
   <translation>相对邻近分区的大小</translation>
  </message>
  <message>
   <source>neighbours on one side only</source>
   <translation>仅一侧有邻近分区</translation>
  </message>
  <message>
   <source>neighbours, %1</source>
   <translation>邻近分区，%1</translation>
  </message>
  <message>
   <source>Each zone was classified by a forest that had not seen the part of the map in which it lies: the zones are put into blocks by where they are, and whole blocks are left out. Neighbouring zones resemble each other, so leaving out single zones would make the numbers look better than they are.</source>
   <translation>每个分区由未见过其所在地图部分的随机森林分类：分区按位置划入区块，区块被整体留出。相邻分区彼此相似，因此若只逐个留出分区，数值会偏好。</translation>
  </message>
  <message>
   <source>%1 % of %2 zones of known class were found right in parts of the map that the forest had not seen (kappa %3).</source>
   <translation>在随机森林未见过的地图部分，%2 个类别已知的分区中有 %1% 判定正确（kappa %3）。</translation>
  </message>
  <message>
   <source>How good is it?</source>
   <translation>表现如何？</translation>
  </message>
  <message>
   <source>How far to trust the probability</source>
   <translation>概率的可信程度</translation>
  </message>
  <message>
   <source>What the forest looks at</source>
   <translation>随机森林所依据的特征</translation>
  </message>
  <message>
   <source>Of zones with the probability 0.8, 80 % should be right. The zones of known class are put into groups by their probability, which was set by zones of other parts of the map. The mean distance between both is %1 %; of the plain votes of the trees it was %2 %.</source>
   <translation>概率为 0.8 的分区中，应有 80% 是正确的。类别已知的分区按其概率分组，该概率由地图其他部分的分区确定。两者的平均差距为 %1%；仅用各树的投票时为 %2%。</translation>
  </message>
  <message>
   <source>Mean probability of each group of zones, and the share of its zones that are right.</source>
   <translation>各组分区的平均概率，以及其中正确分区的比例。</translation>
  </message>
  <message>
   <source>What did each source give?</source>
   <translation>各数据源的作用如何？</translation>
  </message>
  <message>
   <source>Where a source is absent</source>
   <translation>缺少某一数据源时</translation>
  </message>
  <message>
   <source>What was read</source>
   <translation>读取的内容</translation>
  </message>
  <message>
   <source>zones with it</source>
   <translation>有该数据源的分区</translation>
  </message>
  <message>
   <source>κ there</source>
   <translation>其 κ</translation>
  </message>
  <message>
   <source>zones without it</source>
   <translation>没有该数据源的分区</translation>
  </message>
  <message>
   <source>Sharpen</source>
   <translation>锐化</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>网络</translation>
  </message>
  <message>
   <source>A network shipped with the plugin or from your own folder of networks (Settings &gt; Options &gt; Processing &gt; RS Fusion). In scripts and on the command line also the path of an .onnx file.</source>
   <translation>插件自带的网络，或用户网络文件夹（设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion）中的网络。在脚本和命令行中也可以是 .onnx 文件的路径。</translation>
  </message>
  <message>
   <source>Sensor</source>
   <translation>传感器</translation>
  </message>
  <message>
   <source>GaoFen-2</source>
   <translation>GaoFen-2</translation>
  </message>
  <message>
   <source>GeoEye-1</source>
   <translation>GeoEye-1</translation>
  </message>
  <message>
   <source>IKONOS</source>
   <translation>IKONOS</translation>
  </message>
  <message>
   <source>Landsat 8</source>
   <translation>Landsat 8</translation>
  </message>
  <message>
   <source>Landsat 9</source>
   <translation>Landsat 9</translation>
  </message>
  <message>
   <source>Pléiades</source>
   <translation>Pléiades</translation>
  </message>
  <message>
   <source>QuickBird</source>
   <translation>QuickBird</translation>
  </message>
  <message>
   <source>Sentinel-2</source>
   <translation>Sentinel-2</translation>
  </message>
  <message>
   <source>WorldView-2</source>
   <translation>WorldView-2</translation>
  </message>
  <message>
   <source>WorldView-3</source>
   <translation>WorldView-3</translation>
  </message>
  <message>
   <source>WorldView-4</source>
   <translation>WorldView-4</translation>
  </message>
  <message>
   <source>ERGAS of the reduced pair, held-out blocks, before</source>
   <translation>降分辨率影像对的 ERGAS，留出区块，微调前</translation>
  </message>
  <message>
   <source>ERGAS of the reduced pair, held-out blocks, after</source>
   <translation>降分辨率影像对的 ERGAS，留出区块，微调后</translation>
  </message>
  <message>
   <source>SAM of the reduced pair, degrees, held-out blocks, before</source>
   <translation>降分辨率影像对的 SAM（度），留出区块，微调前</translation>
  </message>
  <message>
   <source>SAM of the reduced pair, degrees, held-out blocks, after</source>
   <translation>降分辨率影像对的 SAM（度），留出区块，微调后</translation>
  </message>
  <message>
   <source>Relative error of the result seen at the scale of MS, in the units of ERGAS, held-out blocks, before</source>
   <translation>结果在 MS 尺度上的相对误差（以 ERGAS 为单位），留出区块，微调前</translation>
  </message>
  <message>
   <source>Relative error of the result seen at the scale of MS, in the units of ERGAS, held-out blocks, after</source>
   <translation>结果在 MS 尺度上的相对误差（以 ERGAS 为单位），留出区块，微调后</translation>
  </message>
  <message>
   <source>D_lambda_K at full resolution, held-out blocks, before</source>
   <translation>全分辨率下的 D_lambda_K，留出区块，微调前</translation>
  </message>
  <message>
   <source>D_lambda_K at full resolution, held-out blocks, after</source>
   <translation>全分辨率下的 D_lambda_K，留出区块，微调后</translation>
  </message>
  <message>
   <source>D_rho at full resolution, held-out blocks, before</source>
   <translation>全分辨率下的 D_rho，留出区块，微调前</translation>
  </message>
  <message>
   <source>D_rho at full resolution, held-out blocks, after</source>
   <translation>全分辨率下的 D_rho，留出区块，微调后</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>The folder is set in Settings &gt; Options &gt; Processing &gt; RS Fusion.</source>
   <translation>该文件夹在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中设定。</translation>
  </message>
  <message>
   <source>Assess</source>
   <translation>评价</translation>
  </message>
  <message>
   <source>Reference: polygons or points</source>
   <translation>参考：多边形或点</translation>
  </message>
  <message>
   <source>Field of REFERENCE with the class</source>
   <translation>REFERENCE 中的类别字段</translation>
  </message>
  <message>
   <source>Reference as a raster (instead of REFERENCE)</source>
   <translation>栅格形式的参考（替代 REFERENCE）</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>表格</translation>
  </message>
  <message>
   <source>Overall accuracy (OA), lower end of 95 %</source>
   <translation>总体精度（OA），95% 置信区间下限</translation>
  </message>
  <message>
   <source>Overall accuracy (OA), upper end of 95 %</source>
   <translation>总体精度（OA），95% 置信区间上限</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA), lower end of 95 %</source>
   <translation>平均精度（AA，PA 的均值），95% 置信区间下限</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA), upper end of 95 %</source>
   <translation>平均精度（AA，PA 的均值），95% 置信区间上限</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ), lower end of 95 %</source>
   <translation>Cohen Kappa 系数（κ），95% 置信区间下限</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ), upper end of 95 %</source>
   <translation>Cohen Kappa 系数（κ），95% 置信区间上限</translation>
  </message>
  <message>
   <source>F1, mean of the classes, lower end of 95 %</source>
   <translation>F1，各类别的均值，95% 置信区间下限</translation>
  </message>
  <message>
   <source>F1, mean of the classes, upper end of 95 %</source>
   <translation>F1，各类别的均值，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU), lower end of 95 %</source>
   <translation>平均交并比（MIoU），95% 置信区间下限</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU), upper end of 95 %</source>
   <translation>平均交并比（MIoU），95% 置信区间上限</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU), lower end of 95 %</source>
   <translation>频权交并比（FWIoU），95% 置信区间下限</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU), upper end of 95 %</source>
   <translation>频权交并比（FWIoU），95% 置信区间上限</translation>
  </message>
  <message>
   <source>Boundary F1, mean of the classes (-1: the reference is no raster)</source>
   <translation>边界 F1，各类别的均值（-1：参考不是栅格）</translation>
  </message>
  <message>
   <source>PROTOCOL dates: FINE and COARSE of at least two dates. Each date that both sensors saw is predicted from the others and compared with its true fine raster, beside doing nothing; with FUSED, that raster is compared with the fine one of its date.</source>
   <translation>PROTOCOL 为 dates 时：提供至少两个日期的 FINE 和 COARSE。两种传感器都有观测的每个日期，都由其余日期预测，并与该日期真实的细分辨率栅格比较，同时与不作预测的情形对照；给出 FUSED 时，将其与同日期的细分辨率栅格比较。</translation>
  </message>
  <message>
   <source>Protocol</source>
   <translation>评价协议</translation>
  </message>
  <message>
   <source>reference: FUSED and REFERENCE. full_resolution: FUSED, PAN and MS. wald: PAN, MS and a network. abundances: FUSED and REFERENCE, rasters of shares with one band per class. dates: FINE and COARSE of at least two dates. Each date that both sensors saw is predicted from the others and compared with its true fine raster, beside doing nothing; with FUSED, that raster is compared with the fine one of its date.</source>
   <translation>reference：FUSED 和 REFERENCE。full_resolution：FUSED、PAN 和 MS。wald：PAN、MS 和一个网络。abundances：FUSED 和 REFERENCE，均为每类一个波段的丰度栅格。dates：至少两个日期的 FINE 和 COARSE。两种传感器都有观测的每个日期，都由其余日期预测，并与该日期真实的细分辨率栅格比较，同时与不作预测的情形对照；给出 FUSED 时，将其与同日期的细分辨率栅格比较。</translation>
  </message>
  <message>
   <source>Ratio of the pixel sizes (0 = from MS)</source>
   <translation>像元大小比（0 = 由 MS 得出）</translation>
  </message>
  <message>
   <source>MS pixel over FUSED pixel, for ERGAS with a reference and without MS.</source>
   <translation>MS 像元与 FUSED 像元之比，用于有参考而无 MS 时计算 ERGAS。</translation>
  </message>
  <message>
   <source>auto: by the numbers of bands. pansharpen: a network and the classical methods, for PAN of one band. sharpenhyperspectral: methods for hyperspectral images, for a guide of any number of bands.</source>
   <translation>auto：按波段数决定。pansharpen：一个网络和经典方法，用于单波段 PAN。sharpenhyperspectral：高光谱影像的各种方法，引导影像的波段数不限。</translation>
  </message>
  <message>
   <source>Endmembers of the fused raster (abundances)</source>
   <translation>融合栅格的端元（abundances）</translation>
  </message>
  <message>
   <source>True endmembers (abundances)</source>
   <translation>真实端元（abundances）</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>PROTOCOL dates: One for each date. The result has the grid of the first one.</source>
   <translation>PROTOCOL 为 dates 时：每个日期一个。结果采用第一个栅格的格网。</translation>
  </message>
  <message>
   <source>PROTOCOL dates: One for each date, that of TARGET_DATE among them; the same bands as FINE.</source>
   <translation>PROTOCOL 为 dates 时：每个日期一个，其中包括 TARGET_DATE 的栅格；波段与 FINE 相同。</translation>
  </message>
  <message>
   <source>PROTOCOL dates: Quality or cloud masks, one band, by date. MASK_VALUES says which values are bad.</source>
   <translation>PROTOCOL 为 dates 时：质量掩膜或云掩膜，单波段，按日期给出。MASK_VALUES 指定哪些值为坏值。</translation>
  </message>
  <message>
   <source>PROTOCOL dates: As FINE_MASK, for COARSE.</source>
   <translation>PROTOCOL 为 dates 时：同 FINE_MASK，用于 COARSE。</translation>
  </message>
  <message>
   <source>Beside 'meanshift' and 'unchanged', which always are. Empty: regression and starfm.</source>
   <translation>除始终参与的 'meanshift' 和 'unchanged' 之外。留空：regression 和 starfm。</translation>
  </message>
  <message>
   <source>ERGAS of the fused raster</source>
   <translation>融合栅格的 ERGAS</translation>
  </message>
  <message>
   <source>SAM (°) of the fused raster</source>
   <translation>融合栅格的 SAM（°）</translation>
  </message>
  <message>
   <source>Q2n of the fused raster</source>
   <translation>融合栅格的 Q2n</translation>
  </message>
  <message>
   <source>SCC of the fused raster</source>
   <translation>融合栅格的 SCC</translation>
  </message>
  <message>
   <source>PSNR (dB) of the fused raster</source>
   <translation>融合栅格的 PSNR（dB）</translation>
  </message>
  <message>
   <source>SSIM of the fused raster</source>
   <translation>融合栅格的 SSIM</translation>
  </message>
  <message>
   <source>RMSE (as the image) of the fused raster</source>
   <translation>融合栅格的 RMSE（单位同影像）</translation>
  </message>
  <message>
   <source>CC of the fused raster</source>
   <translation>融合栅格的 CC</translation>
  </message>
  <message>
   <source>D_λ,K of the fused raster</source>
   <translation>融合栅格的 D_λ,K</translation>
  </message>
  <message>
   <source>D_s of the fused raster</source>
   <translation>融合栅格的 D_s</translation>
  </message>
  <message>
   <source>HQNR of the fused raster</source>
   <translation>融合栅格的 HQNR</translation>
  </message>
  <message>
   <source>D_λ of the fused raster</source>
   <translation>融合栅格的 D_λ</translation>
  </message>
  <message>
   <source>QNR of the fused raster</source>
   <translation>融合栅格的 QNR</translation>
  </message>
  <message>
   <source>D_ρ of the fused raster</source>
   <translation>融合栅格的 D_ρ</translation>
  </message>
  <message>
   <source>R-SAM (°) of the fused raster</source>
   <translation>融合栅格的 R-SAM（°）</translation>
  </message>
  <message>
   <source>R-ERGAS of the fused raster</source>
   <translation>融合栅格的 R-ERGAS</translation>
  </message>
  <message>
   <source>CHF of the fused raster</source>
   <translation>融合栅格的 CHF</translation>
  </message>
  <message>
   <source>CFLAT of the fused raster</source>
   <translation>融合栅格的 CFLAT</translation>
  </message>
  <message>
   <source>CMF of the fused raster</source>
   <translation>融合栅格的 CMF</translation>
  </message>
  <message>
   <source>SLOPE of the fused raster</source>
   <translation>融合栅格的 SLOPE</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>工具</translation>
  </message>
  <message>
   <source>One line for each run: row, algorithm, status, seconds, warnings, results, message.</source>
   <translation>每次运行一行：行号、算法、状态、秒数、警告、结果、消息。</translation>
  </message>
  <message>
   <source>Align</source>
   <translation>配准</translation>
  </message>
  <message>
   <source>One point per chip, with what must be added to the secondary there: cols, rows and length_px in reference pixels, dx and dy in map units; score, 0 to 1; agrees, 1 where the chip fits the others.</source>
   <translation>每个匹配窗口一个点，给出该处待配准栅格须加上的量：cols、rows 和 length_px 以参考栅格像元为单位，dx 和 dy 以地图单位为单位；score 为 0 至 1；该匹配窗口与其他窗口相符时 agrees 为 1。</translation>
  </message>
  <message>
   <source>Confidence, 0 to 1</source>
   <translation>置信度，0 至 1</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>No</source>
   <translation>否</translation>
  </message>
  <message>
   <source>Extent</source>
   <translation>范围</translation>
  </message>
  <message>
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: everything that the rasters have in common.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：各栅格的全部公共部分。</translation>
  </message>
  <message>
   <source>8 bit, 0 to 255 (Byte)</source>
   <translation>8 位，0 至 255（Byte）</translation>
  </message>
  <message>
   <source>16 bit, 0 to 65535 (UInt16)</source>
   <translation>16 位，0 至 65535（UInt16）</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>格式</translation>
  </message>
  <message>
   <source>GeoTIFF</source>
   <translation>GeoTIFF</translation>
  </message>
  <message>
   <source>JPEG 2000</source>
   <translation>JPEG 2000</translation>
  </message>
  <message>
   <source>Classify</source>
   <translation>分类</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>Confidence</source>
   <translation>置信度</translation>
  </message>
  <message>
   <source>Zones</source>
   <translation>分区</translation>
  </message>
  <message>
   <source>Neighbours</source>
   <translation>邻近分区数</translation>
  </message>
  <message>
   <source>Folds</source>
   <translation>交叉验证折数</translation>
  </message>
  <message>
   <source>Overall accuracy (OA) in parts that the forest had not seen</source>
   <translation>总体精度（OA），随机森林未见部分</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA) in parts that the forest had not seen</source>
   <translation>平均精度（AA，PA 的均值），随机森林未见部分</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ) in parts that the forest had not seen</source>
   <translation>Cohen Kappa 系数（κ），随机森林未见部分</translation>
  </message>
  <message>
   <source>F1, mean of the classes in parts that the forest had not seen</source>
   <translation>F1，各类别的均值，随机森林未见部分</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU) in parts that the forest had not seen</source>
   <translation>平均交并比（MIoU），随机森林未见部分</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU) in parts that the forest had not seen</source>
   <translation>频权交并比（FWIoU），随机森林未见部分</translation>
  </message>
  <message>
   <source>SAR raster (Sentinel-1) / SAR raster</source>
   <translation>SAR 栅格（Sentinel-1）/ SAR 栅格</translation>
  </message>
  <message>
   <source>Raster 1</source>
   <translation>栅格 1</translation>
  </message>
  <message>
   <source>Raster 2</source>
   <translation>栅格 2</translation>
  </message>
  <message>
   <source>Raster 3</source>
   <translation>栅格 3</translation>
  </message>
  <message>
   <source>Raster 4</source>
   <translation>栅格 4</translation>
  </message>
  <message>
   <source>Coregister</source>
   <translation>配准</translation>
  </message>
  <message>
   <source>Correction</source>
   <translation>改正方式</translation>
  </message>
  <message>
   <source>Polynomial</source>
   <translation>多项式</translation>
  </message>
  <message>
   <source>Shift</source>
   <translation>平移</translation>
  </message>
  <message>
   <source>Resampling</source>
   <translation>重采样</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>缩放</translation>
  </message>
  <message>
   <source>As a check, neighbours in the list are also measured on each other. What they have to be moved by on the reference must agree with that; the table says by how many pixels each loop does not close (loop_px).</source>
   <translation>作为检核，列表中的相邻栅格也相互测量。它们配准到参考栅格上所需的移动须与此相符；表格说明每个环路的闭合差为多少像元（loop_px）。</translation>
  </message>
  <message>
   <source>All rasters of a folder, by name (.tif, .tiff, .vrt, .img, .jp2, .dat), but the reference.</source>
   <translation>文件夹中除参考栅格以外的所有栅格，按名称排序（.tif、.tiff、.vrt、.img、.jp2、.dat）。</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>任务</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>结论</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>设备</translation>
  </message>
  <message>
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <source>Alignment</source>
   <translation>配准</translation>
  </message>
  <message>
   <source>Pansharpening</source>
   <translation>全色锐化</translation>
  </message>
  <message>
   <source>Unmixing</source>
   <translation>解混</translation>
  </message>
  <message>
   <source>Of the finest raster, along a side. At least 96.</source>
   <translation>最精细栅格的边长。至少 96。</translation>
  </message>
  <message>
   <source>File for B10; several files are separated by semicolons</source>
   <translation>B10 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for B20; several files are separated by semicolons</source>
   <translation>B20 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for B60; several files are separated by semicolons</source>
   <translation>B60 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for CARD; several files are separated by semicolons</source>
   <translation>CARD 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for CLEARREFERENCE; several files are separated by semicolons</source>
   <translation>CLEARREFERENCE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for CLOUDMASK; several files are separated by semicolons</source>
   <translation>CLOUDMASK 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for COARSE; several files are separated by semicolons</source>
   <translation>COARSE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for DEM; several files are separated by semicolons</source>
   <translation>DEM 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for DSM; several files are separated by semicolons</source>
   <translation>DSM 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for DTM; several files are separated by semicolons</source>
   <translation>DTM 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for FEATURE_POINTS; several files are separated by semicolons</source>
   <translation>FEATURE_POINTS 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for FINE; several files are separated by semicolons</source>
   <translation>FINE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for GRID; several files are separated by semicolons</source>
   <translation>GRID 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for GUIDE; several files are separated by semicolons</source>
   <translation>GUIDE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for HS; several files are separated by semicolons</source>
   <translation>HS 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for INTENSITY; several files are separated by semicolons</source>
   <translation>INTENSITY 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for LIBRARY; several files are separated by semicolons</source>
   <translation>LIBRARY 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for LIDAR; several files are separated by semicolons</source>
   <translation>LIDAR 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for MODEL_FILE; several files are separated by semicolons</source>
   <translation>MODEL_FILE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for MS; several files are separated by semicolons</source>
   <translation>MS 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for OPTICAL; several files are separated by semicolons</source>
   <translation>OPTICAL 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for OPTICAL_BEFORE; several files are separated by semicolons</source>
   <translation>OPTICAL_BEFORE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for PAN; several files are separated by semicolons</source>
   <translation>PAN 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for POINTS; several files are separated by semicolons</source>
   <translation>POINTS 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for RASTER1; several files are separated by semicolons</source>
   <translation>RASTER1 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for RASTERS; several files are separated by semicolons</source>
   <translation>RASTERS 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for REFERENCE; several files are separated by semicolons</source>
   <translation>REFERENCE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for SAMPLES; several files are separated by semicolons</source>
   <translation>SAMPLES 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for SAR; several files are separated by semicolons</source>
   <translation>SAR 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for SAR_BEFORE; several files are separated by semicolons</source>
   <translation>SAR_BEFORE 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>File for SECONDARY; several files are separated by semicolons</source>
   <translation>SECONDARY 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>Truth</source>
   <translation>真值</translation>
  </message>
  <message>
   <source>File for ZONES; several files are separated by semicolons</source>
   <translation>ZONES 的文件；多个文件以分号分隔</translation>
  </message>
  <message>
   <source>Unmix</source>
   <translation>解混</translation>
  </message>
  <message>
   <source>Training samples: polygons or points</source>
   <translation>训练样本：多边形或点</translation>
  </message>
  <message>
   <source>Field of SAMPLES with the class</source>
   <translation>SAMPLES 中的类别字段</translation>
  </message>
  <message>
   <source>Training samples as a raster (instead of SAMPLES)</source>
   <translation>栅格形式的训练样本（替代 SAMPLES）</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>分割</translation>
  </message>
  <message>
   <source>Targets</source>
   <translation>目标</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>多边形</translation>
  </message>
  <message>
   <source>High-pass</source>
   <translation>高通</translation>
  </message>
  <message>
   <source>Strength</source>
   <translation>细节强度</translation>
  </message>
  <message>
   <source>Intensity</source>
   <translation>强度</translation>
  </message>
  <message>
   <source>Features</source>
   <translation>特征</translation>
  </message>
  <message>
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: all of DSM.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：整个 DSM。</translation>
  </message>
  <message>
   <source>Architecture</source>
   <translation>网络结构</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>许可证</translation>
  </message>
  <message>
   <source>Pansharpen</source>
   <translation>全色锐化</translation>
  </message>
  <message>
   <source>Balanced</source>
   <translation>均衡</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>点</translation>
  </message>
  <message>
   <source>Kernel</source>
   <translation>核函数</translation>
  </message>
  <message>
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: all of GRID.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：整个 GRID。</translation>
  </message>
  <message>
   <source>ESTARFM</source>
   <translation>ESTARFM</translation>
  </message>
  <message>
   <source>Fit-FC</source>
   <translation>Fit-FC</translation>
  </message>
  <message>
   <source>FSDAF</source>
   <translation>FSDAF</translation>
  </message>
  <message>
   <source>STARFM</source>
   <translation>STARFM</translation>
  </message>
  <message>
   <source>Unchanged</source>
   <translation>保持不变</translation>
  </message>
  <message>
   <source>Trust</source>
   <translation>信任度</translation>
  </message>
  <message>
   <source>Estimate</source>
   <translation>估计值</translation>
  </message>
  <message>
   <source>Interval</source>
   <translation>区间</translation>
  </message>
  <message>
   <source>Separated by commas, such as 3,8,9,10. A limit or a range for a cloud probability: &gt;=60 or 60-100. If 1 is left, masks of known products are read by what their values mean: Sentinel-2's SCL and QA60, s2cloudless, Fmask, Landsat's QA_PIXEL.</source>
   <translation>以逗号分隔，例如 3,8,9,10。对于云概率，可给出界限或范围：&gt;=60 或 60-100。若保留为 1，则已知产品的掩膜按其值的含义读取：Sentinel-2 的 SCL 和 QA60、s2cloudless、Fmask、Landsat 的 QA_PIXEL。</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>始终</translation>
  </message>
  <message>
   <source>Amplitude</source>
   <translation>振幅</translation>
  </message>
  <message>
   <source>Decibels</source>
   <translation>分贝</translation>
  </message>
  <message>
   <source>Uncertainty</source>
   <translation>不确定性</translation>
  </message>
  <message>
   <source>Bands</source>
   <translation>波段</translation>
  </message>
  <message>
   <source>Product</source>
   <translation>产品</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>EndNet</source>
   <translation>EndNet</translation>
  </message>
  <message>
   <source>FusAtNet</source>
   <translation>FusAtNet</translation>
  </message>
  <message>
   <source>S2ENet</source>
   <translation>S2ENet</translation>
  </message>
  <message>
   <source>Overall accuracy (OA) on held-out regions</source>
   <translation>总体精度（OA），留出区域</translation>
  </message>
  <message>
   <source>Overall accuracy (OA) on held-out regions, lower end of 95 %</source>
   <translation>总体精度（OA），留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>Overall accuracy (OA) on held-out regions, upper end of 95 %</source>
   <translation>总体精度（OA），留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA) on held-out regions</source>
   <translation>平均精度（AA，PA 的均值），留出区域</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA) on held-out regions, lower end of 95 %</source>
   <translation>平均精度（AA，PA 的均值），留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>Average accuracy (AA, mean of PA) on held-out regions, upper end of 95 %</source>
   <translation>平均精度（AA，PA 的均值），留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ) on held-out regions</source>
   <translation>Cohen Kappa 系数（κ），留出区域</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ) on held-out regions, lower end of 95 %</source>
   <translation>Cohen Kappa 系数（κ），留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>Cohen's kappa (κ) on held-out regions, upper end of 95 %</source>
   <translation>Cohen Kappa 系数（κ），留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>F1, mean of the classes on held-out regions</source>
   <translation>F1，各类别的均值，留出区域</translation>
  </message>
  <message>
   <source>F1, mean of the classes on held-out regions, lower end of 95 %</source>
   <translation>F1，各类别的均值，留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>F1, mean of the classes on held-out regions, upper end of 95 %</source>
   <translation>F1，各类别的均值，留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU) on held-out regions</source>
   <translation>平均交并比（MIoU），留出区域</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU) on held-out regions, lower end of 95 %</source>
   <translation>平均交并比（MIoU），留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>Mean IoU (MIoU) on held-out regions, upper end of 95 %</source>
   <translation>平均交并比（MIoU），留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU) on held-out regions</source>
   <translation>频权交并比（FWIoU），留出区域</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU) on held-out regions, lower end of 95 %</source>
   <translation>频权交并比（FWIoU），留出区域，95% 置信区间下限</translation>
  </message>
  <message>
   <source>Frequency-weighted IoU (FWIoU) on held-out regions, upper end of 95 %</source>
   <translation>频权交并比（FWIoU），留出区域，95% 置信区间上限</translation>
  </message>
  <message>
   <source>Field of SAMPLES with the number</source>
   <translation>SAMPLES 的数值字段</translation>
  </message>
  <message>
   <source>CHGFNet</source>
   <translation>CHGFNet</translation>
  </message>
  <message>
   <source>CMGFNet</source>
   <translation>CMGFNet</translation>
  </message>
  <message>
   <source>GRRNet</source>
   <translation>GRRNet</translation>
  </message>
  <message>
   <source>MCANet</source>
   <translation>MCANet</translation>
  </message>
  <message>
   <source>Concatenation</source>
   <translation>拼接</translation>
  </message>
  <message>
   <source>Cross-attention</source>
   <translation>交叉注意力</translation>
  </message>
  <message>
   <source>Gate</source>
   <translation>门控</translation>
  </message>
  <message>
   <source>Sum</source>
   <translation>求和</translation>
  </message>
  <message>
   <source>Boundary F1, mean of the classes, on held-out regions</source>
   <translation>边界 F1，各类别的均值，留出区域</translation>
  </message>
  <message>
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: all of HS.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：整个 HS。</translation>
  </message>
  <message>
   <source>Shade</source>
   <translation>阴影度</translation>
  </message>
 </context>
</TS>
