"""The elements and attributes that the parts of a deck may have: those of the standard, except some.

The lists are those of ISO/IEC 29500-4 for presentations, drawings, charts, diagrams and formulas. Left out on purpose,
and so removed everywhere: controls and embedded objects, custom data and tags, ink, publishing, smart tags,
passwords, embedded fonts, comments, slide libraries, the sources of charts and pivots, and calls of macros.
"""

from __future__ import annotations

OFFICE = "http://schemas.openxmlformats.org"
MICROSOFT = "http://schemas.microsoft.com/office"

P = f"{OFFICE}/presentationml/2006/main"
A = f"{OFFICE}/drawingml/2006/main"
C = f"{OFFICE}/drawingml/2006/chart"
DGM = f"{OFFICE}/drawingml/2006/diagram"
CDR = f"{OFFICE}/drawingml/2006/chartDrawing"
M = f"{OFFICE}/officeDocument/2006/math"
R = f"{OFFICE}/officeDocument/2006/relationships"
MC = f"{OFFICE}/markup-compatibility/2006"
XML = "http://www.w3.org/XML/1998/namespace"
P14 = f"{MICROSOFT}/powerpoint/2010/main"
CX = f"{MICROSOFT}/drawing/2014/chartex"
DSP = f"{MICROSOFT}/drawing/2008/diagram"
STRICT = "http://purl.oclc.org/ooxml/"

EXTENSIONS = {
    "a14": f"{MICROSOFT}/drawing/2010/main",
    "a15": f"{MICROSOFT}/drawing/2012/main",
    "a16": f"{MICROSOFT}/drawing/2014/main",
    "adec": f"{MICROSOFT}/drawing/2017/decorative",
    "ahyp": f"{MICROSOFT}/drawing/2018/hyperlinkcolor",
    "c14": f"{MICROSOFT}/drawing/2007/8/2/chart",
    "c15": f"{MICROSOFT}/drawing/2012/chart",
    "c16": f"{MICROSOFT}/drawing/2014/chart",
    "c16r2": f"{MICROSOFT}/drawing/2015/06/chart",
    "c16r3": f"{MICROSOFT}/drawing/2017/03/chart",
    "cs": f"{MICROSOFT}/drawing/2012/chartStyle",
    "cx": CX,
    "cx1": f"{MICROSOFT}/drawing/2015/9/8/chartex",
    "cx2": f"{MICROSOFT}/drawing/2015/10/21/chartex",
    "cx4": f"{MICROSOFT}/drawing/2016/5/10/chartex",
    "dgm14": f"{MICROSOFT}/drawing/2010/diagram",
    "dsp": DSP,
    "p14": P14,
    "p15": f"{MICROSOFT}/powerpoint/2012/main",
    "p159": f"{MICROSOFT}/powerpoint/2015/09/main",
    "thm15": f"{MICROSOFT}/thememl/2012/main",
}
"""Later extensions that only change the look; what they refer to is judged like everything else."""

PREFIXES = {
    "p": P, "a": A, "c": C, "dgm": DGM, "cdr": CDR, "m": M, "r": R, "mc": MC,
    "lc": f"{OFFICE}/drawingml/2006/lockedCanvas",
    "pic": f"{OFFICE}/drawingml/2006/picture",
    **EXTENSIONS,
}  # fmt: skip
"""Every namespace that a part may use, by its prefix in a clean copy."""

ADDED = {
    "p14": """
        bmk bmkLst bmkTgt browseMode conveyor creationId defaultImageDpi discardImageEditData doors extLst fade ferris
        flash flip flythrough gallery glitter honeycomb laserClr media modId nullEvt pan pauseEvt playEvt prism
        resumeEvt
        reveal ripple section sectionLst sectionPr seekEvt showEvtLst showMediaCtrls shred sldId sldIdLst stopEvt switch
        triggerEvt trim vortex warp wheelReverse window
    """,
    "p15": "chartTrackingRefBased clr extLst guide notesGuideLst prstTrans sldGuideLst",
    "p159": "morph",
    "a14": """
        compatExt hiddenEffects hiddenFill hiddenLine hiddenScene3d hiddenSp3d isCanvas m shadowObscured useLocalDpi
    """,
    "a15": "backgroundPr",
    "a16": "colId creationId predDERef rowId",
    "adec": "decorative",
    "ahyp": "hlinkClr",
    "thm15": "themeFamily",
}
"""The elements of additions to slides: no ink, no pictures behind pictures, nobody's presence, no addresses."""

NEVER = {
    "cx": "externalData geoCache",
    "c14": "pivotOptions",
    "c15": "filteredSourceData pivotSource",
}
"""Elements of additions to charts and diagrams that lead out of the deck; the others only draw."""

ELEMENTS = {
    P: """
        anim animClr animEffect animMotion animRot animScale attrName attrNameLst audio bg bgPr bgRef bldAsOne
        bldDgm bldGraphic bldLst bldOleChart bldP bldSub blinds blipFill bodyStyle boolVal browse by cBhvr
        cMediaNode cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr cSld cSldViewPr cTn cViewPr
        charRg checker childTnLst circle clrMap clrMapOvr clrMru clrVal cmd comb cond cover custShow custShowLst
        cut cxnSp defaultTextStyle diamond dissolve endCondLst endSnd endSync excl ext extLst fade fltVal from
        graphicEl graphicFrame gridSpacing grpSp grpSpPr guide guideLst handoutMaster handoutMasterId
        handoutMasterIdLst hf hsl inkTgt intVal iterate kinsoku kiosk newsflash nextCondLst normalViewPr notes
        notesMaster notesMasterId notesMasterIdLst notesStyle notesSz notesTextViewPr notesViewPr nvCxnSpPr
        nvGraphicFramePr nvGrpSpPr nvPicPr nvPr nvSpPr oleChartEl origin otherStyle outlineViewPr pRg par penClr
        ph photoAlbum pic plus pos present presentation presentationPr prevCondLst prnPr progress pull push rCtr
        random randomBar restoredLeft restoredTop rgb rtn scale seq set showPr sld sldAll sldId sldIdLst
        sldLayout sldLayoutId sldLayoutIdLst sldLst sldMaster sldMasterId sldMasterIdLst sldRg sldSz sldTgt
        slideViewPr snd sndAc sndTgt sorterViewPr sp spPr spTgt spTree split stCondLst stSnd strVal strips style
        subSp subTnLst tav tavLst tgtEl timing titleStyle tmAbs tmPct tmpl tmplLst tn tnLst to transition txBody
        txEl txStyles val video viewPr wedge wheel wipe xfrm zoom
    """,
    A: """
        accent1 accent2 accent3 accent4 accent5 accent6 ahLst ahPolar ahXY alpha alphaBiLevel alphaCeiling
        alphaFloor alphaInv alphaMod alphaModFix alphaOff alphaOutset alphaRepl anchor arcTo audioFile avLst
        backdrop band1H band1V band2H band2V bevel bevelB bevelT bgClr bgFillStyleLst biLevel bldChart bldDgm
        blend blip blipFill blue blueMod blueOff blur bodyPr bottom br buAutoNum buBlip buChar buClr buClrTx
        buFont buFontTx buNone buSzPct buSzPts buSzTx cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr
        cNvSpPr camera cell3D chExt chOff chart close clrChange clrFrom clrMap clrRepl clrScheme clrTo comp cont
        contourClr cpLocks cs cubicBezTo custClr custClrLst custDash custGeom cxn cxnLst cxnSp cxnSpLocks defPPr
        defRPr dgm dk1 dk2 ds duotone ea effect effectDag effectLst effectRef effectStyle effectStyleLst end
        endCxn endParaRPr ext extLst extraClrScheme extraClrSchemeLst extrusionClr fgClr fill fillOverlay
        fillRect fillRef fillStyleLst fillToRect firstCol firstRow flatTx fld fmtScheme folHlink font fontRef
        fontScheme gamma gd gdLst glow gradFill graphic graphicData graphicFrame graphicFrameLocks gray grayscl
        green greenMod greenOff gridCol grpFill grpSp grpSpLocks grpSpPr gs gsLst headEnd header headers
        highlight hlink hlinkClick hlinkHover hlinkMouseOver hsl hslClr hue hueMod hueOff innerShdw insideH
        insideV inv invGamma lastCol lastRow latin left lightRig lin ln lnB lnBlToTr lnDef lnL lnR lnRef lnSpc
        lnStyleLst lnT lnTlToBr lnTo lstStyle lt1 lt2 lum lumMod lumOff lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr
        lvl6pPr lvl7pPr lvl8pPr lvl9pPr majorFont masterClrMapping minorFont miter moveTo neCell noAutofit
        noFill norm normAutofit nvCxnSpPr nvGraphicFramePr nvGrpSpPr nvPicPr nvSpPr nwCell objectDefaults off
        outerShdw overrideClrMapping p pPr path pathLst pattFill pic picLocks pos prstClr prstDash prstGeom
        prstShdw prstTxWarp pt quadBezTo r rPr rect red redMod redOff reflection relOff right rot round rtl sat
        satMod satOff scene3d schemeClr scrgbClr seCell shade snd softEdge solidFill sp sp3d spAutoFit spDef
        spLocks spPr spcAft spcBef spcPct spcPts srcRect srgbClr st stCxn stretch style swCell sx sy sym sysClr
        t tab tabLst tableStyle tableStyleId tailEnd tbl tblBg tblGrid tblPr tblStyle tblStyleLst tc tcBdr tcPr
        tcStyle tcTxStyle theme themeElements themeManager themeOverride tile tileRect tint tl2br top tr tr2bl
        txBody txDef txSp uFill uFillTx uLn uLnTx up useSpRect videoFile wavAudioFile wholeTbl xfrm
    """,
    C: """
        applyToEnd applyToFront applyToSides area3DChart areaChart auto autoTitleDeleted axId axPos backWall
        backward bandFmt bandFmts bar3DChart barChart barDir baseTimeUnit bubble3D bubbleChart bubbleScale
        bubbleSize builtInUnit cat catAx chart chartObject chartSpace clrMapOvr crossAx crossBetween crosses
        crossesAt custSplit custUnit dLbl dLblPos dLbls dPt dTable data date1904 dateAx delete depthPercent
        dispBlanksAs dispEq dispRSqr dispUnits dispUnitsLbl doughnutChart downBars dropLines errBarType errBars
        errDir errValType evenFooter evenHeader explosion ext extLst f firstFooter firstHeader firstSliceAng
        floor fmtId formatCode formatting forward gapDepth gapWidth grouping h hMode hPercent headerFooter
        hiLowLines holeSize idx intercept invertIfNegative lang layout layoutTarget lblAlgn lblOffset
        leaderLines legend legendEntry legendPos line3DChart lineChart logBase lvl majorGridlines majorTickMark
        majorTimeUnit majorUnit manualLayout marker max min minorGridlines minorTickMark minorTimeUnit minorUnit
        minus multiLvlStrCache multiLvlStrRef name noEndCap noMultiLvlLbl numCache numFmt numLit numRef
        oddFooter oddHeader ofPieChart ofPieType order orientation overlap overlay pageMargins pageSetup period
        perspective pictureFormat pictureOptions pictureStackUnit pie3DChart pieChart plotArea plotVisOnly plus
        printSettings protection pt ptCount rAngAx radarChart radarStyle rich rotX rotY roundedCorners scaling
        scatterChart scatterStyle secondPiePt secondPieSize selection separator ser serAx serLines shape
        showBubbleSize showCatName showDLblsOverMax showHorzBorder showKeys showLeaderLines showLegendKey
        showNegBubbles showOutline showPercent showSerName showVal showVertBorder sideWall size sizeRepresents
        smooth spPr splitPos splitType stockChart strCache strLit strRef style surface3DChart surfaceChart
        symbol thickness tickLblPos tickLblSkip tickMarkSkip title trendline trendlineLbl trendlineType tx txPr
        upBars upDownBars userInterface userShapes v val valAx varyColors view3D w wMode wireframe x xMode xVal
        y yMode yVal
    """,
    DGM: """
        adj adjLst alg animLvl animOne bg bulletEnabled cat catLst chMax chPref choose clrData colorsDef
        colorsDefHdr colorsDefHdrLst constr constrLst cxn cxnLst dataModel desc dir effectClrLst else extLst
        fillClrLst forEach hierBranch if layoutDef layoutDefHdr layoutDefHdrLst layoutNode linClrLst orgChart
        param prSet presLayoutVars presOf pt ptLst relIds resizeHandles rule ruleLst sampData scene3d shape sp3d
        spPr style styleData styleDef styleDefHdr styleDefHdrLst styleLbl t title txEffectClrLst txFillClrLst
        txLinClrLst txPr varLst whole
    """,
    CDR: """
        absSizeAnchor blipFill cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr cxnSp ext from
        graphicFrame grpSp grpSpPr nvCxnSpPr nvGraphicFramePr nvGrpSpPr nvPicPr nvSpPr pic relSizeAnchor sp spPr
        style to txBody x xfrm y
    """,
    M: """
        acc accPr aln alnScr argPr argSz bar barPr baseJc begChr borderBox borderBoxPr box boxPr brk brkBin
        brkBinSub cGp cGpRule cSp chr count ctrlPr d dPr defJc deg degHide den diff dispDef e endChr eqArr
        eqArrPr f fName fPr func funcPr groupChr groupChrPr grow hideBot hideLeft hideRight hideTop intLim
        interSp intraSp jc lMargin lim limLoc limLow limLowPr limUpp limUppPr lit m mPr mathFont mathPr maxDist
        mc mcJc mcPr mcs mr nary naryLim naryPr noBreak nor num oMath oMathPara oMathParaPr objDist opEmu phant
        phantPr plcHide pos postSp preSp r rMargin rPr rSp rSpRule rad radPr sPre sPrePr sSub sSubPr sSubSup
        sSubSupPr sSup sSupPr scr sepChr show shp smallFrac strikeBLTR strikeH strikeTLBR strikeV sty sub
        subHide sup supHide t transp type vertJc wrapIndent wrapRight zeroAsc zeroDesc zeroWid
    """,
    PREFIXES["lc"]: "lockedCanvas",
    PREFIXES["pic"]: "pic nvPicPr cNvPr cNvPicPr blipFill spPr",
    MC: "AlternateContent Choice Fallback",
}
"""The elements by namespace; one that is not listed is removed with all that it holds."""

ATTRIBUTES = {
    P: """
        accel accumulate additive advAuto advClick advTm afterEffect animBg autoAdjust autoCompressPictures
        autoRev autoUpdateAnimBg b backwards bld bldLvl bookmarkIdSeed build bw bwMode by calcmode clr clrIdx
        clrSpc cmd collapse compatMode concurrent cx cy decel delay dir display dt dur end evt evtFilter fill
        filter firstSlideNum fmla followColorScheme frame frameSlides from ftr fullScrn g grpId h
        hasCustomPrompt hdr hiddenSlides horzBarState id idx imgSz invalEndChars invalStChars isNarration
        isPhoto l lang lastView layout loop lvl masterRel matchingName mod mute name nextAc nodePh nodeType
        numSld orient origin override path pathEditMode pos prLst preferSingleView preserve presetClass presetID
        presetSubtype prevAc prnWhat ptsTypes r rAng rctx removePersonalInfoOnSave repeatCount repeatDur restart
        rev rtl s saveSubsetFonts scaleToFitPaper serverZoom shadeToTitle show showAnimation showCaptions
        showComments showFormatting showGuides showMasterPhAnim showMasterSp showNarration showOutlineIcons
        showScrollbar showSpeakerNotes showSpecialPlsOnTitleSld showWhenStopped sldNum snapToGrid snapToObjects
        snapVertSplitter spd spid spokes st strictFirstAndLastChars syncBehavior sz thruBlk tm tmFilter to
        transition type uiExpand updateAutomatic uri useBgFill useTimings userDrawn val valueType varScale
        vertBarState vol x xfrmType y zoomContents
    """,
    A: """
        a accent1 accent2 accent3 accent4 accent5 accent6 action algn altLang amt anchor anchorCtr ang animBg b
        bIns bandCol bandRow baseline bg1 bg2 bld bldStep blend blurRad bmk bright bwMode cap categoryIdx char
        charset cmpd compatLnSpc contourW contrast cstate cx cy d def defTabSz descr dir dirty dist dpi dx dy dz
        eaLnBrk endA endPos endSnd err extrusionH extrusionOk fadeDir fill firstCol firstRow flip flipH flipV
        fmla folHlink fontAlgn fontScale forceAA fov fromWordArt g gdRefAng gdRefR gdRefX gdRefY gridSpan grow h
        hMerge hR hangingPunct hidden highlightClick history hlink horzOverflow hue i id idx indent isComment
        kern kumimoji kx ky l lIns lang lastClr lastCol lastRow lat latinLnBrk len lim lnSpcReduction lon lum
        lvl marB marL marR marT maxAng maxR maxX maxY minAng minR minX minY n name noAdjustHandles
        noChangeArrowheads noChangeAspect noChangeShapeType noCrop noDrilldown noEditPoints noGrp noMove noProof
        noResize noRot noSelect noTextEdit noUngrp normalizeH numCol panose path pitchFamily pos
        preferRelativeResize prst prstMaterial r rIns rad ref rev rig rot rotWithShape rowSpan rtl rtlCol sat
        scaled script seriesIdx smtClean smtId sp spc spcCol spcFirstLastPara stA stAng stPos startAt strike
        stroke styleId styleName swAng sx sy sz t tIns thresh time title tooltip track tgtFrame tx tx1 tx2 txBox
        ty type typeface u upright uri useA vMerge val vert vertOverflow w wR wrap x y z zoom
    """,
    C: """
        alignWithMargins b blackAndWhite copies differentFirst differentOddEven draft firstPageNumber footer
        formatCode header horizontalDpi idx l orientation paperHeight paperSize paperWidth r sourceLinked t uri
        useFirstPageNumber val verticalDpi
    """,
    DGM: """
        arg axis blipPhldr chOrder cnt coherent3DOff csCatId csTypeId custAng custFlipHor custFlipVert
        custLinFactNeighborX custLinFactNeighborY custLinFactX custLinFactY custRadScaleInc custRadScaleRad
        custScaleX custScaleY custSzX custSzY custT cxnId defStyle destId destOrd fact for forName func hideGeom
        hideLastTrans hueDir idx lang lkTxEntry loCatId loTypeId max meth minVer modelId moveWith name op
        parTransId phldr phldrT presAssocID presId presName presStyleCnt presStyleIdx presStyleLbl pri ptType
        qsCatId qsTypeId ref refFor refForName refPtType refType resId rev rot sibTransId srcId srcOrd st step
        styleLbl type uniqueId useDef val zOrderOff
    """,
    CDR: "fLocksText",
}
"""The attributes without a namespace, by the namespace of their element; those of shapes are shared by all."""
