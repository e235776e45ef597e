<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>rsfusion</name>
  <message>
   <source>%1 and %2 lie at 180 degrees of longitude, where the coordinates of %3 begin anew, so they cannot be laid on each other</source>
   <translation>%1 和 %2 位于经度 180 度处，%3 的坐标在此重新开始，因此两者无法叠合</translation>
  </message>
  <message>
   <source>reproject both into a CRS that goes on there, such as that of UTM zone 1 or 60</source>
   <translation>请将两者重投影到坐标在此处连续的 CRS，例如 UTM 1 带或 60 带的 CRS</translation>
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
   <source>The shift of SECONDARY against REFERENCE is uncertain (confidence %1, expected at least 0.5); choose %2, or raise MAX_SHIFT or MESH.</source>
   <translation>SECONDARY 相对于 REFERENCE 的偏移不确定（置信度 %1，应不低于 0.5）；请%2，或增大 MAX_SHIFT 或 MESH。</translation>
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
   <source>SECONDARY lies on REFERENCE within TOLERANCE already (%1 of %2 pixels), so it is written as it lies</source>
   <translation>SECONDARY 与 REFERENCE 的重合已在 TOLERANCE 之内（%1 像元，容差 %2 像元），因此按原位写出</translation>
  </message>
  <message>
   <source>, and not with enough confidence (%1)</source>
   <translation>，且置信度不足（%1）</translation>
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
   <source>%1 is not georeferenced but %2 is; georeference %3, or remove it from both.</source>
   <translation>%1 没有地理参考，而 %2 有；请为 %3 建立地理参考，或去掉两者的地理参考。</translation>
  </message>
  <message>
   <source>Neither %1 (%2 x %3 pixels) nor %4 (%5 x %6) is georeferenced; expected sizes with one whole ratio, so georeference or crop them.</source>
   <translation>%1（%2 x %3 像元）和 %4（%5 x %6）均没有地理参考；其大小之比应为同一整数，因此请建立地理参考或裁剪。</translation>
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
   <source>%1: within %2 reference pixels they show too little common structure (confidence %3); raise MAX_SHIFT if they may lie farther apart, else choose bands that show the same.</source>
   <translation>%1：在 %2 个参考栅格像元的范围内，两者的共同结构太少（置信度 %3）；如果可能相距更远，请增大 MAX_SHIFT，否则请选择反映相同内容的波段。</translation>
  </message>
  <message>
   <source>What must be added to SECONDARY at each chip: the arrows' lengths follow the legend, not the frame, which is the common area; very long ones are cut. Chips that do not fit the others are left out of the numbers.</source>
   <translation>各匹配窗口处 SECONDARY 须加上的量：箭头长度以图例为准，与图框无关，图框为公共区域；过长的箭头被截断。与其他窗口不相符的匹配窗口不计入数值。</translation>
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
   <source>%1: nowhere do both have enough valid pixels with structure, or their common part (%2 x %3 reference pixels) is too small for MAX_SHIFT %4; choose other bands or rasters, or lower MAX_SHIFT.</source>
   <translation>%1：没有任何位置使两者都有足够的有效像元和结构，或者其公共部分（%2 x %3 个参考栅格像元）对 MAX_SHIFT %4 来说太小；请选择其他波段或栅格，或减小 MAX_SHIFT。</translation>
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
   <source>Root mean square displacement (RMSE)</source>
   <translation>均方根位移（RMSE）</translation>
  </message>
  <message>
   <source>Left over by shift, rotation and scale (spread)</source>
   <translation>偏移、旋转和缩放之后的残差（spread）</translation>
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
   <source>%1, %2: squares of REFERENCE (upper left) and SECONDARY in turn.</source>
   <translation>%1，%2：REFERENCE（左上）与 SECONDARY 的方格交替显示。</translation>
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
   <source>%1: no place has enough valid pixels with structure</source>
   <translation>%1：没有有效像元和结构都足够的位置</translation>
  </message>
  <message>
   <source>%1: it may lie beyond the search range</source>
   <translation>%1：它可能超出搜索范围</translation>
  </message>
  <message>
   <source>%1 agree</source>
   <translation>%1 个相符</translation>
  </message>
  <message>
   <source>%1 left out</source>
   <translation>%1 个未计入</translation>
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
   <source>95 % interval</source>
   <translation>95% 置信区间</translation>
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
   <source>, field %1</source>
   <translation>，字段 %1</translation>
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
   <translation>像元为其 %1 倍</translation>
  </message>
  <message>
   <source>%1 has %2, expected the pixels of %3; warp %4 onto its grid first.</source>
   <translation>%1 的情况：%2；应采用 %3 的像元；请先对 %4 作变形校正，转到其格网上。</translation>
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
   <translation>%1 倍于</translation>
  </message>
  <message>
   <source>as small as</source>
   <translation>等同于</translation>
  </message>
  <message>
   <source>%1: its pixels are %2 those of %3; expected %4 to %5 times, so choose the coarse %6%7.</source>
   <translation>%1：其像元大小%2 %3 的像元；应为 %4 至 %5 倍，因此请选择粗分辨率的%6%7。</translation>
  </message>
  <message>
   <source>%1 has no whole pixel inside %2; choose rasters of one area.</source>
   <translation>%1 在 %2 内没有完整的像元；请选择同一区域的栅格。</translation>
  </message>
  <message>
   <source>%1: '%2' has %3 bands; expected %4, so extract the right %5 first (gdal_translate -b, or Raster &gt; Conversion &gt; Translate).</source>
   <translation>%1：'%2' 有 %3 个波段；应为 %4 个，因此请先提取正确的%5（gdal_translate -b，或栅格 &gt; 转换 &gt; 转换 (格式转换)）。</translation>
  </message>
  <message>
   <source>%1 has %2 bands and %3 %4; expected the same bands in both, so choose the rasters that belong together.</source>
   <translation>%1 有 %2 个波段，而 %3 有 %4 个；两者波段应相同，因此请选择彼此对应的栅格。</translation>
  </message>
  <message>
   <source>smaller (%1 times) than</source>
   <translation>小于（%1 倍）</translation>
  </message>
  <message>
   <source>, or exchange the two where they were mixed up</source>
   <translation>，若两者弄混则请交换</translation>
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
   <source>Without a reference: the fused raster is brought back to the {coarse.words}'s resolution with the sensor's blur and compared with it (spectral quality), and compared with the {fine.words} (spatial quality). These indices do not replace a reference: a fused image can be consistent with both inputs and still be wrong.</source>
   <translation>无参考：按传感器的模糊将融合栅格降回 {coarse.words} 的分辨率并与之比较（光谱质量），再与 {fine.words} 比较（空间质量）。这些指数不能代替参考：融合影像可能与两个输入都一致，却仍然是错的。</translation>
  </message>
  <message>
   <source>Wald's protocol: {fine.parameter} and {coarse.parameter} were made coarser by their ratio with the sensor's blur, {fine.parameter} where {coarse.parameter} really lies on it, fused, and compared with the original {coarse.parameter}. What is measured is the method on this scene one scale coarser than it will be used.</source>
   <translation>Wald 协议：按传感器的模糊将 {fine.parameter} 和 {coarse.parameter} 依其像元大小比降低分辨率（{fine.parameter} 取 {coarse.parameter} 真正与之重合之处），融合后与原始 {coarse.parameter} 比较。测量的是该方法在本景影像上、比实际使用低一级尺度时的表现。</translation>
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
   <source>%1 is better than plain interpolation (%2) in everything that was measured.</source>
   <translation>%1 在所有测量项上都优于单纯插值（%2）。</translation>
  </message>
  <message>
   <source>Spectral angle, dark 0° to bright %1° and more (99th percentile); %2.</source>
   <translation>光谱角，暗处为 0°，亮处为 %1° 及以上（第 99 百分位数）；%2。</translation>
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
   <translation>应为%1文本</translation>
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
   <source>%1: %2 cannot be written (%3); free some space or choose another folder.</source>
   <translation>%1：无法写入%2（%3）；请腾出空间，或选择其他文件夹。</translation>
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
   <translation>未参与的栅格按网络模型卡对缺省栅格的规定代替。Shapley 值：在栅格加入的所有顺序中，某个栅格所增加量的均值。各值之和等于使用全部栅格与不使用任何栅格之差。去掉：仅缺少该栅格时的损失。单独：没有其他栅格时它所起的作用。</translation>
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
   <source>share of the credit</source>
   <translation>贡献占比</translation>
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
   <translation>栅格组合</translation>
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
   <translation>去掉</translation>
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
   <translation>没有可比较的像元：去掉栅格不改变任何像元，或参考未覆盖任何像元；请检查栅格是否显示网络所处理的内容（例如云），以及各栅格是否为同一区域。</translation>
  </message>
  <message>
   <source>MODEL '%1' is no network; expected one, so choose another MODEL.</source>
   <translation>MODEL '%1' 不是网络；应为网络，因此请选择其他 MODEL。</translation>
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
   <source>Reduction averages noise away, and hides what a method makes of it. The noise of each band is measured on flat areas, and what is missing is added to the reduced rasters, always the same (wald).</source>
   <translation>降低分辨率会将噪声平均掉，从而掩盖方法对噪声的影响。在平坦区域测量各波段的噪声，并将缺少的部分加到降分辨率栅格上，每次都相同（wald）。</translation>
  </message>
  <message>
   <source>Put the sensor's noise back onto the reduced pair</source>
   <translation>将传感器噪声加回降分辨率影像对</translation>
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
   <source>Gives the confusion matrix (rows: reference, columns: map), overall and average accuracy, kappa, user's and producer's accuracy, F1 and IoU, and how much area each class really has. Intervals are 95 %, from draws of whole polygons, since neighbouring pixels are not independent. Use samples that the classifier was not trained on.</source>
   <translation>给出混淆矩阵（行：参考，列：分类图）、总体精度和平均精度、Kappa 系数、用户精度和生产者精度、F1 和 IoU，以及各类别的实际面积。区间为 95% 置信区间，由对整个多边形的重抽样得到，因为相邻像元并不独立。请使用未参与分类器训练的样本。</translation>
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
   <source>CSV or ENVI .sli, as rsfusion:extractendmembers writes it.</source>
   <translation>CSV 或 ENVI .sli，即 rsfusion:extractendmembers 的输出。</translation>
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
   <source>A CSV file in UTF-8, separated by commas or semicolons. Relative names of files count from the folder in which QGIS was started.</source>
   <translation>UTF-8 编码的 CSV 文件，以逗号或分号分隔。相对文件名以启动 QGIS 时所在的文件夹为准。</translation>
  </message>
  <message>
   <source>Number of runs that were done</source>
   <translation>完成的运行次数</translation>
  </message>
  <message>
   <source>Measures how far the content of a raster lies off that of another one, to fractions of a pixel, also across sensors: pan and multispectral, optical and radar, optical and LiDAR. Chips spread over the common area are compared; nodata, water and other places without structure are left out. Neither raster is changed.</source>
   <translation>测量一个栅格的内容相对于另一个栅格偏离多少，精确到像元的几分之一，也可跨传感器：全色与多光谱、光学与雷达、光学与 LiDAR。比较分布在公共区域内的匹配窗口；无数据、水体及其他缺乏结构的位置不参与。两个栅格都不改动。</translation>
  </message>
  <message>
   <source>SHIFT_X and SHIFT_Y must be added to the secondary's map coordinates (x to the east, y to the north) so that it lies on the reference; SHIFT_COLS (to the right) and SHIFT_ROWS (downwards) are the same in reference pixels. VERDICT is 'aligned' where the shift is within the tolerance, 'shifted' where it is not, and 'uncertain' where nothing reliable was found: then shifts, rotation and scale have no value (null), RMSE and SPREAD are -1, and a warning says why.</source>
   <translation>将 SHIFT_X 和 SHIFT_Y 加到待配准栅格的地图坐标上（x 向东，y 向北），它便与参考栅格重合；SHIFT_COLS（向右）和 SHIFT_ROWS（向下）是同一偏移，以参考栅格像元为单位。偏移在容差之内时 VERDICT 为 'aligned'，超出容差时为 'shifted'，未找到可靠结果时为 'uncertain'：此时偏移、旋转和缩放没有值（null），RMSE 和 SPREAD 为 -1，并由警告说明原因。</translation>
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
   <source>Root mean square displacement, reference pixels (-1 where uncertain)</source>
   <translation>均方根位移，参考栅格像元（不确定时为 -1）</translation>
  </message>
  <message>
   <source>What shift, rotation and scale leave over, reference pixels (-1 where uncertain)</source>
   <translation>偏移、旋转和缩放之后的残差，参考栅格像元（不确定时为 -1）</translation>
  </message>
  <message>
   <source>Rotation, degrees, counter-clockwise (no value where uncertain)</source>
   <translation>旋转角，度，逆时针（不确定时无值）</translation>
  </message>
  <message>
   <source>Scale (1 where uncertain)</source>
   <translation>缩放（不确定时为 1）</translation>
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
   <source>Gives each polygon (a block, a parish) a class, such as residential or commercial, and its probability. A random forest learns from the polygons whose class is known. It sees the mean and the standard deviation of each band of RASTERS, the points of each category in the polygon and around it (POINTS), the size and the compactness of the polygon, and what its neighbours are like.</source>
   <translation>为每个多边形（街区、教区）赋予类别及其概率，例如居住或商业。随机森林从类别已知的多边形中学习。它所用的信息包括：RASTERS 各波段的均值和标准差，多边形内及周围各类型的点（POINTS），多边形的大小和紧凑度，以及其邻近多边形的情况。</translation>
  </message>
  <message>
   <source>The accuracy is measured on parts of the map that the forest has not seen: whole blocks of polygons are left out. Polygons whose class is known get a class from such a forest, too, and the field 'checked' is 1. With rasters and points, the report says what each of them gives alone.</source>
   <translation>精度在随机森林未见过的地图部分上测量：成块的多边形被整体留出。类别已知的多边形也由这样的森林给出类别，其字段 'checked' 为 1。同时使用栅格和点时，报告会说明两者单独使用的效果。</translation>
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
   <source>Tells what each raster gives to the result of a network that takes several. The network is run with all sets of the rasters; one that is left out is replaced by what the network's card says for an absent one. From this follow the Shapley values, which add up to the difference between all rasters and none, and what is lost where one raster alone is left out. A network of two rasters is run four times, of three eight times. From five rasters on, sets are drawn at random.</source>
   <translation>说明在使用多个栅格的网络中，各栅格对结果的贡献。以栅格的所有组合运行网络；未参与的栅格按网络模型卡对缺省栅格的规定代替。由此得到 Shapley 值，其总和等于使用全部栅格与不使用任何栅格之差；还得到单独去掉某个栅格的损失。两个栅格的网络运行四次，三个栅格的运行八次。从五个栅格起，组合随机抽取。</translation>
  </message>
  <message>
   <source>With a reference, the values say how much better or worse the result gets: REFERENCE are polygons or points with known classes, REFERENCE_RASTER is a raster of class codes, or the true image for a network that gives an image. Without a reference, they say how much of the result comes from each raster. Noise may then get a large share.</source>
   <translation>有参考时，这些值说明结果变好或变差了多少：REFERENCE 为类别已知的多边形或点，REFERENCE_RASTER 为类别代码栅格，若网络输出影像则为真值影像。无参考时，这些值说明结果有多少来自各栅格，此时噪声可能占很大比例。</translation>
  </message>
  <message>
   <source>Give the rasters that MODEL takes, and leave the others empty.</source>
   <translation>给出 MODEL 所用的栅格，其余留空。</translation>
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
   <source>Measures how far SECONDARY lies off REFERENCE, also between images of different sensors, and writes SECONDARY corrected. A shift or a similarity (shift, rotation and scale) changes the georeferencing only: the pixels stay as they are unless ON_REFERENCE_GRID asks for the pixels of REFERENCE. A polynomial or a thin plate spline (tps) also takes out local distortion, by resampling. The result is measured again; a correction that does not bring the rasters closer is not applied, SECONDARY is then written as it lies, APPLIED is 0 and a warning says so, just as where it lies within TOLERANCE already. Where the shift cannot be told with confidence, nothing is written and the run fails.</source>
   <translation>测量 SECONDARY 相对于 REFERENCE 偏离多少，也可用于不同传感器的影像，并写出改正后的 SECONDARY。偏移或相似变换（偏移、旋转和缩放）只改变地理参考：像元保持不变，除非 ON_REFERENCE_GRID 要求采用 REFERENCE 的像元。多项式或薄板样条（tps）还通过重采样消除局部变形。对结果会再次测量；若改正未使两个栅格更接近，则不予应用，SECONDARY 按原位写出，APPLIED 为 0，并给出警告；SECONDARY 本已在 TOLERANCE 之内时亦同样处理。若无法可靠地确定偏移，则不写出任何结果，运行失败。</translation>
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
   <source>How the rasters lay before: aligned or shifted</source>
   <translation>改正前栅格的状态：aligned（对齐）或 shifted（有偏移）</translation>
  </message>
  <message>
   <source>What was found and done, one line each</source>
   <translation>检查和处理的结果，每行一条</translation>
  </message>
  <message>
   <source>Resample onto the grid of the reference</source>
   <translation>重采样到参考栅格的格网</translation>
  </message>
  <message>
   <source>shift: moved as a whole. similarity: also turned and stretched. Both leave the pixels as they are. polynomial: warped by a polynomial through the places that agree. tps: by a thin plate spline through each of them, for images of one kind and strong local distortion.</source>
   <translation>shift：整体移动。similarity：另加旋转和缩放。两者都不改变像元。polynomial：用多项式按相符的位置作变形校正。tps：用薄板样条按每个相符的位置作变形校正，适用于同类影像和较强的局部变形。</translation>
  </message>
  <message>
   <source>The result gets the pixel size of the reference and pixels that coincide with the reference's, over the area that both cover. Needed where the rasters have no georeferencing.</source>
   <translation>结果采用参考栅格的像元大小，像元与参考栅格重合，范围为两者的公共区域。栅格没有地理参考时需要此项。</translation>
  </message>
  <message>
   <source>Coregistered raster</source>
   <translation>配准后的栅格</translation>
  </message>
  <message>
   <source>How pixels are computed anew where the correction or the grid needs it; nearest for classes.</source>
   <translation>改正或格网需要时重新计算像元的方法；类别数据用 nearest。</translation>
  </message>
  <message>
   <source>What was found, one line each</source>
   <translation>检查结果，每行一条</translation>
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
   <source>Check and install the environment</source>
   <translation>检查并安装环境</translation>
  </message>
  <message>
   <source>Folder of wheels (without a network)</source>
   <translation>wheel 包文件夹（无网络连接时）</translation>
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
   <source>Network information</source>
   <translation>网络信息</translation>
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
   <source>The card as a page for the browser. Empty: the log only.</source>
   <translation>模型卡，为可在浏览器中打开的网页。留空：仅写入日志。</translation>
  </message>
  <message>
   <source>If the rasters are not aligned</source>
   <translation>栅格未对齐时</translation>
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
   <source>The headers are compared and the shift between the images is measured. warn: follow the georeferencing, by interpolation at true positions or by reprojection from another CRS, and warn of what is off. correct: the same, and also undo the measured shift and warp a rotated grid. fail: stop unless the grids nest and the images are as well aligned as the fusion needs. Rasters that cannot be brought together at all always stop the run.</source>
   <translation>比较各栅格的头信息，并测量影像间的偏移。warn：按地理参考处理，在真实位置上插值或从其他 CRS 重投影，并对偏差发出警告。correct：同上，并改正测得的偏移，对旋转的格网作变形校正。fail：除非格网嵌套且影像的对齐程度满足融合要求，否则停止运行。完全无法归到一起的栅格总会使运行停止。</translation>
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
   <source>Bands to compare by. Empty: the structure of all bands.</source>
   <translation>用于比较的波段。留空：所有波段的结构。</translation>
  </message>
  <message>
   <source>The raster that lies where it should.</source>
   <translation>位置正确的栅格。</translation>
  </message>
  <message>
   <source>The raster that is compared with the reference; its pixels may be up to 16 times larger.</source>
   <translation>与参考栅格比较的栅格；其像元最多可大 16 倍。</translation>
  </message>
  <message>
   <source>Bands of the reference</source>
   <translation>参考栅格的波段</translation>
  </message>
  <message>
   <source>Bands of the secondary</source>
   <translation>待配准栅格的波段</translation>
  </message>
  <message>
   <source>A shift beyond it is not found, and is reported as uncertain. Larger takes longer and needs larger rasters.</source>
   <translation>超出此值的偏移无法找到，并报告为不确定。值越大耗时越长，所需栅格也越大。</translation>
  </message>
  <message>
   <source>Length of the global shift up to which the rasters count as aligned.</source>
   <translation>全局偏移的长度不超过此值时，栅格视为对齐。</translation>
  </message>
  <message>
   <source>Secondary raster</source>
   <translation>待配准栅格</translation>
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
   <source>How many places are compared. More take longer and tell more about local distortion; small rasters get fewer, so that neighbours overlap by half at most.</source>
   <translation>比较多少个位置。越多则耗时越长，但更能反映局部变形；小栅格取得较少，使相邻窗口最多重叠一半。</translation>
  </message>
  <message>
   <source>Chips along the longer side</source>
   <translation>沿长边的匹配窗口数</translation>
  </message>
  <message>
   <source>Any CRS. A polygon gives the pixels whose centres lie inside it, a point the pixel that it falls in; each feature is kept together as one region.</source>
   <translation>任意 CRS。多边形取中心落在其内的像元，点取其所在的像元；每个要素作为一个区域，不会拆开。</translation>
  </message>
  <message>
   <source>Texts, or whole numbers. Features without a value are left out.</source>
   <translation>文本或整数。无值的要素不参与。</translation>
  </message>
  <message>
   <source>One band of class codes; 0 and nodata: unlabelled. Connected pixels of one code are a region.</source>
   <translation>单波段类别代码；0 和无数据：未标记。代码相同的相连像元为一个区域。</translation>
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
   <source>Number of training steps</source>
   <translation>训练步数</translation>
  </message>
  <message>
   <source>Processor threads that the training may use.</source>
   <translation>训练可使用的处理器线程数。</translation>
  </message>
  <message>
   <source>Puts a network into your own folder of networks, so that all dialogs list it under MODEL. Its card must be in the file or beside it, as .json with the same name. The network is opened first, within limits of time and memory. One that does not work is refused, and nothing is copied.</source>
   <translation>将网络放入用户网络文件夹，使所有对话框在 MODEL 中列出它。其模型卡须在文件内，或为旁边的同名 .json 文件。添加前先在限定的时间和内存内打开网络。不能工作的网络会被拒绝，且不复制任何文件。</translation>
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
   <source>Network file</source>
   <translation>网络文件</translation>
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
   <source>An .onnx file with its card.</source>
   <translation>带模型卡的 .onnx 文件。</translation>
  </message>
  <message>
   <source>Letters, digits, underscores and hyphens.</source>
   <translation>字母、数字、下划线和连字符。</translation>
  </message>
  <message>
   <source>Otherwise a network of this name in your folder is left alone.</source>
   <translation>否则不改动文件夹中的同名网络。</translation>
  </message>
  <message>
   <source>Name in the list</source>
   <translation>列表中的名称</translation>
  </message>
  <message>
   <source>Path of the copy</source>
   <translation>副本的路径</translation>
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
   <source>Majority filter: radius (pixels; 0 = none)</source>
   <translation>众数滤波：半径（像元；0 = 不滤波）</translation>
  </message>
  <message>
   <source>Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it. Where several are equally frequent, it keeps its own.</source>
   <translation>每个像元取其周围边长为 2 倍半径 + 1 像元的正方形内出现最多的类别。若有多个类别并列最多，则保持原类别。</translation>
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
   <source>What was found about the rasters, how they were classified, and how much of the area each class covers, as a page for the browser.</source>
   <translation>栅格检查结果、分类方式，以及各类别所占的面积，为可在浏览器中打开的网页。</translation>
  </message>
  <message>
   <source>Probability of the chosen class, 0 to 1, calibrated on samples that the training did not learn from.</source>
   <translation>所选类别的概率，0 至 1，用未参与训练的样本校准。</translation>
  </message>
  <message>
   <source>Probabilities of all classes</source>
   <translation>所有类别的概率</translation>
  </message>
  <message>
   <source>One band for each class, in the order of the network's classes; they sum to 1.</source>
   <translation>每类一个波段，按网络的类别顺序排列；其和为 1。</translation>
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
   <source>Minutes of training at most</source>
   <translation>最长训练时间（分钟）</translation>
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
   <source>The others are brought onto it, finer ones by averaging. It counts as the first raster.</source>
   <translation>其他栅格转换到该格网，较细的栅格取平均。它算作第一个栅格。</translation>
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
   <source>Rasters that may be absent later</source>
   <translation>以后可能缺少的栅格</translation>
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
   <source>State of the training</source>
   <translation>训练状态</translation>
  </message>
  <message>
   <source>A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from it, as after a cancel; the samples and settings must be the same, MINUTES may be more. The second training, on all samples, keeps its own in a file with the ending .pt.all.</source>
   <translation>训练期间保存状态的 .pt 文件。若已存在，则从该状态继续训练，例如取消之后；样本和设置必须相同，MINUTES 可以更大。使用全部样本的第二次训练，其状态另存于扩展名为 .pt.all 的文件。</translation>
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
   <source>LiDAR features</source>
   <translation>LiDAR 特征</translation>
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
   <source>Number of bands</source>
   <translation>波段数</translation>
  </message>
  <message>
   <source>Names of the bands, one line each</source>
   <translation>波段名称，每行一个</translation>
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
   <source>Tunes a pansharpening network to one pair of PAN and MS, on that pair alone, and writes the tuned network as an ordinary .onnx file for rsfusion:pansharpen. Wald's protocol makes a reference out of MS; beside it the network learns to agree with both rasters at full resolution. First a mixture of details is found in closed form, then training goes on from there. Blocks of the pair are held out: they say when to stop and whether the network got better at all. If it did not, or if the pair is too small to be made coarser, OUTPUT is the starting network, and IMPROVED is 0. Results that were not measured are -1.</source>
   <translation>仅用一对 PAN 和 MS 微调全色锐化网络，并将微调后的网络写成普通的 .onnx 文件，供 rsfusion:pansharpen 使用。按 Wald 协议由 MS 得到参考；同时，网络还学习在全分辨率下与两个栅格保持一致。先由闭式解求出细节的混合方式，再从此处继续训练。影像对的若干区块被留出，用来判断何时停止以及网络是否确有改进。如果没有改进，或影像对太小而无法降低分辨率，OUTPUT 为起始网络，IMPROVED 为 0。未测得的结果为 -1。</translation>
  </message>
  <message>
   <source>Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs on or the one named in Settings &gt; Options &gt; Processing &gt; RS Fusion. Written into your own folder of networks, the result stands in the list of rsfusion:pansharpen. Of a pair above 1280 pixels, nine areas are used.</source>
   <translation>训练需要 Python 包 torch 和 onnx；训练在单独的进程中进行，使用运行 QGIS 的 Python，或在“设置 &gt; 选项 &gt; 数据处理 &gt; RS Fusion”中指定的 Python。结果若写入用户网络文件夹，就会出现在 rsfusion:pansharpen 的列表中。影像对超过 1280 像元时，只使用其中九个区域。</translation>
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
   <source>With a reference</source>
   <translation>有参考</translation>
  </message>
  <message>
   <source>Without a reference, at full resolution</source>
   <translation>无参考，全分辨率</translation>
  </message>
  <message>
   <source>Wald's protocol: on the reduced pair</source>
   <translation>Wald 协议：在降分辨率影像对上</translation>
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
   <source>Field with the weight of a point</source>
   <translation>点的权重字段</translation>
  </message>
  <message>
   <source>A number above zero, such as visitors or floors. Empty: each counts 1. Points without such a number are left out.</source>
   <translation>大于零的数值，例如访客数或楼层数。留空：每个点计为 1。没有此类数值的点不计入。</translation>
  </message>
  <message>
   <source>Density of points of interest</source>
   <translation>兴趣点密度</translation>
  </message>
  <message>
   <source>Makes a raster of how densely points lie: one band for each category, in points per square kilometre, on the pixels of GRID. Such a raster is one more input (POI) for rsfusion:trainclassifier, and tells how an area is used where an image only tells what covers it.</source>
   <translation>生成表示点密集程度的栅格：每个类型一个波段，单位为每平方千米点数，采用 GRID 的像元。这种栅格可作为 rsfusion:trainclassifier 的另一项输入（POI），它说明区域的用途，而影像只能说明其覆盖物。</translation>
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
   <source>Categories, in the order of the bands, separated by commas</source>
   <translation>类型，按波段顺序，以逗号分隔</translation>
  </message>
  <message>
   <source>Number of points that count</source>
   <translation>计入的点数</translation>
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
   <source>Smallest polygon (square metres; 0 = all)</source>
   <translation>最小多边形（平方米；0 = 全部）</translation>
  </message>
  <message>
   <source>Smaller polygons are left out of POLYGONS. A pixel of Sentinel-1 or Sentinel-2 has 100 square metres. Without a CRS the unit is the square pixel.</source>
   <translation>更小的多边形不计入 POLYGONS。Sentinel-1 或 Sentinel-2 的一个像元为 100 平方米。没有 CRS 时，单位为平方像元。</translation>
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
   <source>Of SAR and SAR_BEFORE. Networks see decibels. found: by the bands' units and the values; a stretched picture is taken as it is, with a warning.</source>
   <translation>SAR 和 SAR_BEFORE 的单位。网络使用分贝。found：由波段单位和数值推断；经拉伸的图按原样使用，并发出警告。</translation>
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
   <source>Segment SAR and optical images (flood water)</source>
   <translation>SAR 与光学影像分割（洪水水体）</translation>
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
   <source>OUTPUT lies on the grid of SAR where it is given, else on that of OPTICAL. METHOD offers simple thresholds, too: otsu for SAR, ndwi and mndwi for OPTICAL. They show what a network must beat.</source>
   <translation>OUTPUT 位于 SAR 的格网上（若给出 SAR），否则位于 OPTICAL 的格网上。METHOD 还提供简单的阈值法：otsu 用于 SAR，ndwi 和 mndwi 用于 OPTICAL。它们是网络必须超过的基准。</translation>
  </message>
  <message>
   <source>network: the one that MODEL names. otsu: SAR below Otsu's threshold. ndwi: green brighter than NIR. mndwi: green brighter than SWIR. The probabilities of the last three are not calibrated.</source>
   <translation>network：由 MODEL 指定的网络。otsu：SAR 低于 Otsu 阈值。ndwi：绿波段亮于 NIR。mndwi：绿波段亮于 SWIR。后三者的概率未经校准。</translation>
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
   <source>Probability of the chosen class, 0 to 1.</source>
   <translation>所选类别的概率，0 至 1。</translation>
  </message>
  <message>
   <source>One band for each class; they sum to 1. The second band of the shipped network is the probability of water.</source>
   <translation>每类一个波段；其和为 1。插件自带网络的第二个波段为水体概率。</translation>
  </message>
  <message>
   <source>The classes as polygons, in a GeoPackage or another format by the file's ending (.gpkg, .geojson, .fgb, .shp). Each one has its class, its area in square metres (area_m2) and the mean probability of its class inside it (mean_prob).</source>
   <translation>以多边形表示的类别，格式为 GeoPackage，或按文件扩展名采用其他格式（.gpkg、.geojson、.fgb、.shp）。每个多边形带有其类别、面积（平方米，area_m2）及其内部该类别的平均概率（mean_prob）。</translation>
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
   <source>Methods compared</source>
   <translation>参与比较的方法</translation>
  </message>
  <message>
   <source>Error of the first row over that of the fine rasters left unchanged (dates)</source>
   <translation>首行误差与细分辨率栅格保持不变时的误差之比（dates）</translation>
  </message>
  <message>
   <source>regression: local regression and residual, trusted as far as the pair tells. starfm (Gao 2006), estarfm (Zhu 2010; two pairs), fsdaf (Zhu 2016), fitfc (Wang and Atkinson 2018): methods of the literature, slower. meanshift: the fine raster and the mean change. unchanged: the fine raster as it is.</source>
   <translation>regression：局部回归加残差，按影像对所示的程度采信。starfm（Gao 2006）、estarfm（Zhu 2010；两个影像对）、fsdaf（Zhu 2016）、fitfc（Wang 和 Atkinson 2018）：文献中的方法，较慢。meanshift：细分辨率栅格加平均变化。unchanged：细分辨率栅格原样不变。</translation>
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
   <source>Library of spectra</source>
   <translation>光谱库</translation>
  </message>
  <message>
   <source>CSV: one line per wavelength, one column per spectrum. SLI: ENVI spectral library with its header.</source>
   <translation>CSV：每个波长一行，每条光谱一列。SLI：ENVI 光谱库及其头文件。</translation>
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
   <source>Pléiades</source>
   <translation>Pléiades</translation>
  </message>
  <message>
   <source>QuickBird</source>
   <translation>QuickBird</translation>
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
   <source>Rasters</source>
   <translation>栅格</translation>
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
   <source>Sentinel-2 (Level-1C or Level-2A), Landsat or another sensor; all bands on one grid. Multispectral image to segment, for floods the one during or after the flood. The shipped network needs SWIR (1.6 µm), NIR and green, found by wavelength, by name, or as three bands in that order.</source>
   <translation>Sentinel-2（Level-1C 或 Level-2A）、Landsat 或其他传感器；所有波段采用同一格网。待分割的多光谱影像，对于洪水为洪水期间或之后的影像。插件自带的网络需要 SWIR（1.6 µm）、NIR 和绿波段，按波长、按名称查找，或按此顺序给出三个波段。</translation>
  </message>
  <message>
   <source>SAR raster (Sentinel-1) / SAR raster</source>
   <translation>SAR 栅格（Sentinel-1）/ SAR 栅格</translation>
  </message>
  <message>
   <source>VV and VH, of about the same time. Backscatter, any number of bands. Radar backscatter of the date to segment, in decibels, power or amplitude. VV is taken where there are several bands.</source>
   <translation>VV 和 VH，时间大致相同。后向散射，波段数不限。待分割日期的雷达后向散射，单位为分贝、功率或振幅。有多个波段时采用 VV。</translation>
  </message>
  <message>
   <source>Any number of bands, the coarser pixels. Any number of bands.</source>
   <translation>波段数不限，像元较粗。波段数不限。</translation>
  </message>
  <message>
   <source>Any number of bands. One or more bands, the coarser pixels.</source>
   <translation>波段数不限。一个或多个波段，像元较粗。</translation>
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
   <source>Resampling</source>
   <translation>重采样</translation>
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
   <source>Segment</source>
   <translation>分割</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>多边形</translation>
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
   <source>Only this part is computed, with the same values as in a full run. Any CRS; empty: all of HS.</source>
   <translation>只计算此部分，其值与完整运行相同。任意 CRS；留空：整个 HS。</translation>
  </message>
  <message>
   <source>Shade</source>
   <translation>阴影度</translation>
  </message>
 </context>
</TS>
