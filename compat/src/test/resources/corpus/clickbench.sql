-- The queries of ClickBench over rows made of hashes.
DROP TABLE IF EXISTS hits;
CREATE TABLE hits (WatchID Int64, JavaEnable Int16, Title String, GoodEvent Int16, EventTime DateTime('UTC'),
    EventDate Date, CounterID Int32, ClientIP Int32, RegionID Int32, UserID Int64, CounterClass Int16, OS Int16,
    UserAgent Int16, URL String, Referer String, IsRefresh Int16, RefererCategoryID Int16, RefererRegionID Int32,
    URLCategoryID Int16, URLRegionID Int32, ResolutionWidth Int16, ResolutionHeight Int16, ResolutionDepth Int16,
    FlashMajor Int16, FlashMinor Int16, FlashMinor2 String, NetMajor Int16, NetMinor Int16, UserAgentMajor Int16,
    UserAgentMinor FixedString(2), CookieEnable Int16, JavascriptEnable Int16, IsMobile Int16, MobilePhone Int16,
    MobilePhoneModel String, Params String, IPNetworkID Int32, TraficSourceID Int16, SearchEngineID Int16,
    SearchPhrase String, AdvEngineID Int16, IsArtifical Int16, WindowClientWidth Int16, WindowClientHeight Int16,
    ClientTimeZone Int16, ClientEventTime DateTime('UTC'), IsLink Int16, IsDownload Int16, IsNotBounce Int16, FUniqID
    Int64, OriginalURL String, HID Int32, IsOldCounter Int16, IsEvent Int16, IsParameter Int16, DontCountHits Int16,
    WithHash Int16, HitColor FixedString(1), LocalEventTime DateTime('UTC'), Age Int16, Sex Int16, Income Int16,
    Interests Int16, Robotness Int16, RemoteIP Int32, WindowName Int32, OpenerName Int32, HistoryLength Int16,
    BrowserLanguage FixedString(2), BrowserCountry FixedString(2), SocialNetwork String, SocialAction String,
    HTTPError Int16, SendTiming Int32, DNSTiming Int32, ConnectTiming Int32, ResponseStartTiming Int32,
    ResponseEndTiming Int32, FetchTiming Int32, SocialSourceNetworkID Int16, SocialSourcePage String, ParamPrice
    Int64, ParamOrderID String, ParamCurrency FixedString(3), ParamCurrencyID Int16, OpenstatServiceName String,
    OpenstatCampaignID String, OpenstatAdID String, OpenstatSourceID String, UTMSource String, UTMMedium String,
    UTMCampaign String, UTMContent String, UTMTerm String, FromTag String, HasGCLID Int16, RefererHash Int64, URLHash
    Int64, CLID Int32) ENGINE=MergeTree PRIMARY KEY (CounterID, EventDate, UserID, EventTime, WatchID);
INSERT INTO hits SELECT toInt64(cityHash64(number,0)%9223372036854775807), toInt16(cityHash64(number,1)%2000),
    concat(if(cityHash64(number,2)%40=0,'Google ','Title '),toString(cityHash64(number,2)%4000)),
    toInt16(cityHash64(number,3)%2000), toDateTime('2013-07-01 00:00:00','UTC')+cityHash64(number,4)%2678400,
    toDate(toDateTime('2013-07-01 00:00:00','UTC')+cityHash64(number,4)%2678400,'UTC'),
    toInt32(if(cityHash64(number,6)%3=0,62,cityHash64(number,6)%1000)), toInt32(cityHash64(number,7)%2000000),
    toInt32(cityHash64(number,8)%2000000), toInt64(intHash64(cityHash64(number,9)%20000)%9223372036854775807),
    toInt16(cityHash64(number,10)%2000), toInt16(cityHash64(number,11)%2000), toInt16(cityHash64(number,12)%2000),
    concat('http://',if(cityHash64(number,13)%50=0,'google','site'),toString(cityHash64(number,13)%5000),'.com/p/',toString(cityHash64(number,13)%700),if(cityHash64(number,13)%90=0,'/.google.','')),
    if(cityHash64(number,14)%4=0,'',concat('https://',if(cityHash64(number,14)%3=0,'www.',''),'ref',toString(cityHash64(number,14)%900),'.ru/',toString(cityHash64(number,14)%50))),
    toInt16(cityHash64(number,15)%3=0), toInt16(cityHash64(number,16)%2000), toInt32(cityHash64(number,17)%2000000),
    toInt16(cityHash64(number,18)%2000), toInt32(cityHash64(number,19)%2000000), toInt16(cityHash64(number,20)%2000),
    toInt16(cityHash64(number,21)%2000), toInt16(cityHash64(number,22)%2000), toInt16(cityHash64(number,23)%2000),
    toInt16(cityHash64(number,24)%2000), if(cityHash64(number,25)%2=0,'',toString(cityHash64(number,25)%5000)),
    toInt16(cityHash64(number,26)%2000), toInt16(cityHash64(number,27)%2000), toInt16(cityHash64(number,28)%2000),
    toFixedString(substring(lower(hex(cityHash64(number,29))),1,2),2), toInt16(cityHash64(number,30)%2000),
    toInt16(cityHash64(number,31)%2000), toInt16(cityHash64(number,32)%2000),
    toInt16(if(cityHash64(number,33)%10<7,0,cityHash64(number,33)%60)),
    if(cityHash64(number,34)%10<8,'',concat('model',toString(cityHash64(number,34)%90))),
    if(cityHash64(number,35)%2=0,'',toString(cityHash64(number,35)%5000)), toInt32(cityHash64(number,36)%2000000),
    toInt16(cityHash64(number,37)%12-2), toInt16(if(cityHash64(number,38)%10<7,0,cityHash64(number,38)%60)),
    if(cityHash64(number,39)%10<6,'',concat('phrase ',toString(cityHash64(number,39)%3000))),
    toInt16(if(cityHash64(number,40)%10<7,0,cityHash64(number,40)%60)), toInt16(cityHash64(number,41)%2000),
    toInt16(cityHash64(number,42)%2000), toInt16(cityHash64(number,43)%2000), toInt16(cityHash64(number,44)%2000),
    toDateTime('2013-07-01 00:00:00','UTC')+cityHash64(number,45)%2678400, toInt16(cityHash64(number,46)%3=0),
    toInt16(cityHash64(number,47)%3=0), toInt16(cityHash64(number,48)%2000),
    toInt64(cityHash64(number,49)%200000000000),
    if(cityHash64(number,50)%2=0,'',toString(cityHash64(number,50)%5000)), toInt32(cityHash64(number,51)%2000000),
    toInt16(cityHash64(number,52)%2000), toInt16(cityHash64(number,53)%2000), toInt16(cityHash64(number,54)%2000),
    toInt16(cityHash64(number,55)%3=0), toInt16(cityHash64(number,56)%2000),
    toFixedString(substring(lower(hex(cityHash64(number,57))),1,1),1),
    toDateTime('2013-07-01 00:00:00','UTC')+cityHash64(number,58)%2678400, toInt16(cityHash64(number,59)%2000),
    toInt16(cityHash64(number,60)%2000), toInt16(cityHash64(number,61)%2000), toInt16(cityHash64(number,62)%2000),
    toInt16(cityHash64(number,63)%2000), toInt32(cityHash64(number,64)%2000000),
    toInt32(cityHash64(number,65)%2000000), toInt32(cityHash64(number,66)%2000000),
    toInt16(cityHash64(number,67)%2000), toFixedString(substring(lower(hex(cityHash64(number,68))),1,2),2),
    toFixedString(substring(lower(hex(cityHash64(number,69))),1,2),2),
    if(cityHash64(number,70)%2=0,'',toString(cityHash64(number,70)%5000)),
    if(cityHash64(number,71)%2=0,'',toString(cityHash64(number,71)%5000)), toInt16(cityHash64(number,72)%2000),
    toInt32(cityHash64(number,73)%2000000), toInt32(cityHash64(number,74)%2000000),
    toInt32(cityHash64(number,75)%2000000), toInt32(cityHash64(number,76)%2000000),
    toInt32(cityHash64(number,77)%2000000), toInt32(cityHash64(number,78)%2000000),
    toInt16(cityHash64(number,79)%2000), if(cityHash64(number,80)%2=0,'',toString(cityHash64(number,80)%5000)),
    toInt64(cityHash64(number,81)%200000000000),
    if(cityHash64(number,82)%2=0,'',toString(cityHash64(number,82)%5000)),
    toFixedString(substring(lower(hex(cityHash64(number,83))),1,3),3), toInt16(cityHash64(number,84)%2000),
    if(cityHash64(number,85)%2=0,'',toString(cityHash64(number,85)%5000)),
    if(cityHash64(number,86)%2=0,'',toString(cityHash64(number,86)%5000)),
    if(cityHash64(number,87)%2=0,'',toString(cityHash64(number,87)%5000)),
    if(cityHash64(number,88)%2=0,'',toString(cityHash64(number,88)%5000)),
    if(cityHash64(number,89)%2=0,'',toString(cityHash64(number,89)%5000)),
    if(cityHash64(number,90)%2=0,'',toString(cityHash64(number,90)%5000)),
    if(cityHash64(number,91)%2=0,'',toString(cityHash64(number,91)%5000)),
    if(cityHash64(number,92)%2=0,'',toString(cityHash64(number,92)%5000)),
    if(cityHash64(number,93)%2=0,'',toString(cityHash64(number,93)%5000)),
    if(cityHash64(number,94)%2=0,'',toString(cityHash64(number,94)%5000)), toInt16(cityHash64(number,95)%2000),
    if(cityHash64(number,96)%5=0,3594120000172545465,toInt64(cityHash64(number,96)%100)),
    if(cityHash64(number,97)%5=0,2868770270353813622,toInt64(cityHash64(number,97)%100)),
    toInt32(cityHash64(number,98)%2000000) FROM numbers(20000);

SELECT COUNT(*) FROM hits;
SELECT COUNT(*) FROM hits WHERE AdvEngineID <> 0;
SELECT SUM(AdvEngineID), COUNT(*), AVG(ResolutionWidth) FROM hits;
SELECT AVG(UserID) FROM hits;
SELECT COUNT(DISTINCT UserID) FROM hits;
SELECT COUNT(DISTINCT SearchPhrase) FROM hits;
SELECT MIN(EventDate), MAX(EventDate) FROM hits;
SELECT AdvEngineID, COUNT(*) FROM hits WHERE AdvEngineID <> 0 GROUP BY AdvEngineID ORDER BY COUNT(*) DESC, 1;
SELECT RegionID, COUNT(DISTINCT UserID) AS u FROM hits GROUP BY RegionID ORDER BY u DESC, 1 LIMIT 10;
SELECT RegionID, SUM(AdvEngineID), COUNT(*) AS c, AVG(ResolutionWidth), COUNT(DISTINCT UserID) FROM hits GROUP BY RegionID ORDER BY c DESC, 1 LIMIT 10;
SELECT MobilePhoneModel, COUNT(DISTINCT UserID) AS u FROM hits WHERE MobilePhoneModel <> '' GROUP BY MobilePhoneModel ORDER BY u DESC, 1 LIMIT 10;
SELECT MobilePhone, MobilePhoneModel, COUNT(DISTINCT UserID) AS u FROM hits WHERE MobilePhoneModel <> '' GROUP BY MobilePhone, MobilePhoneModel ORDER BY u DESC, 1, 2 LIMIT 10;
SELECT SearchPhrase, COUNT(*) AS c FROM hits WHERE SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY c DESC, 1 LIMIT 10;
SELECT SearchPhrase, COUNT(DISTINCT UserID) AS u FROM hits WHERE SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY u DESC, 1 LIMIT 10;
SELECT SearchEngineID, SearchPhrase, COUNT(*) AS c FROM hits WHERE SearchPhrase <> '' GROUP BY SearchEngineID, SearchPhrase ORDER BY c DESC, 1, 2 LIMIT 10;
SELECT UserID, COUNT(*) FROM hits GROUP BY UserID ORDER BY COUNT(*) DESC, 1 LIMIT 10;
SELECT UserID, SearchPhrase, COUNT(*) FROM hits GROUP BY UserID, SearchPhrase ORDER BY COUNT(*) DESC, 1, 2 LIMIT 10;
SELECT UserID, extract(minute FROM EventTime) AS m, SearchPhrase, COUNT(*) FROM hits GROUP BY UserID, m, SearchPhrase ORDER BY COUNT(*) DESC, 1, 2, 3 LIMIT 10;
SELECT UserID FROM hits WHERE UserID = 435090932899640449;
SELECT COUNT(*) FROM hits WHERE URL LIKE '%google%';
SELECT SearchPhrase, MIN(URL), COUNT(*) AS c FROM hits WHERE URL LIKE '%google%' AND SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY c DESC, 1 LIMIT 10;
SELECT SearchPhrase, MIN(URL), MIN(Title), COUNT(*) AS c, COUNT(DISTINCT UserID) FROM hits WHERE Title LIKE '%Google%' AND URL NOT LIKE '%.google.%' AND SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY c DESC, 1 LIMIT 10;
SELECT * FROM hits WHERE URL LIKE '%google%' ORDER BY EventTime, WatchID LIMIT 10;
SELECT SearchPhrase FROM hits WHERE SearchPhrase <> '' ORDER BY EventTime, WatchID LIMIT 10;
SELECT SearchPhrase FROM hits WHERE SearchPhrase <> '' ORDER BY SearchPhrase LIMIT 10;
SELECT SearchPhrase FROM hits WHERE SearchPhrase <> '' ORDER BY EventTime, SearchPhrase LIMIT 10;
SELECT CounterID, AVG(length(URL)) AS l, COUNT(*) AS c FROM hits WHERE URL <> '' GROUP BY CounterID HAVING COUNT(*) > 100 ORDER BY l DESC, 1 LIMIT 25;
SELECT REGEXP_REPLACE(Referer, '^https?://(?:www\\.)?([^/]+)/.*$', '\\1') AS k, AVG(length(Referer)) AS l, COUNT(*) AS c, MIN(Referer) FROM hits WHERE Referer <> '' GROUP BY k HAVING COUNT(*) > 100 ORDER BY l DESC, k LIMIT 25;
SELECT SUM(ResolutionWidth), SUM(ResolutionWidth + 1), SUM(ResolutionWidth + 2), SUM(ResolutionWidth + 89) FROM hits;
SELECT SearchEngineID, ClientIP, COUNT(*) AS c, SUM(IsRefresh), AVG(ResolutionWidth) FROM hits WHERE SearchPhrase <> '' GROUP BY SearchEngineID, ClientIP ORDER BY c DESC, 1, 2 LIMIT 10;
SELECT WatchID, ClientIP, COUNT(*) AS c, SUM(IsRefresh), AVG(ResolutionWidth) FROM hits WHERE SearchPhrase <> '' GROUP BY WatchID, ClientIP ORDER BY c DESC, 1, 2 LIMIT 10;
SELECT URL, COUNT(*) AS c FROM hits GROUP BY URL ORDER BY c DESC, 1 LIMIT 10;
SELECT 1, URL, COUNT(*) AS c FROM hits GROUP BY 1, URL ORDER BY c DESC, URL LIMIT 10;
SELECT ClientIP, ClientIP - 1, ClientIP - 2, ClientIP - 3, COUNT(*) AS c FROM hits GROUP BY ClientIP, ClientIP - 1, ClientIP - 2, ClientIP - 3 ORDER BY c DESC, 1 LIMIT 10;
SELECT URL, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND DontCountHits = 0 AND IsRefresh = 0 AND URL <> '' GROUP BY URL ORDER BY PageViews DESC, 1 LIMIT 10;
SELECT Title, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND DontCountHits = 0 AND IsRefresh = 0 AND Title <> '' GROUP BY Title ORDER BY PageViews DESC, 1 LIMIT 10;
SELECT URL, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND IsRefresh = 0 AND IsLink <> 0 AND IsDownload = 0 GROUP BY URL ORDER BY PageViews DESC, 1 LIMIT 10 OFFSET 10;
SELECT TraficSourceID, SearchEngineID, AdvEngineID, CASE WHEN (SearchEngineID = 0 AND AdvEngineID = 0) THEN Referer ELSE '' END AS Src, URL AS Dst, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND IsRefresh = 0 GROUP BY TraficSourceID, SearchEngineID, AdvEngineID, Src, Dst ORDER BY PageViews DESC, 1,2,3,4,5 LIMIT 10 OFFSET 10;
SELECT URLHash, EventDate, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND IsRefresh = 0 AND TraficSourceID IN (-1, 6) AND RefererHash = 3594120000172545465 GROUP BY URLHash, EventDate ORDER BY PageViews DESC, 1, 2 LIMIT 10 OFFSET 3;
SELECT WindowClientWidth, WindowClientHeight, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-01' AND EventDate <= '2013-07-31' AND IsRefresh = 0 AND DontCountHits = 0 AND URLHash = 2868770270353813622 GROUP BY WindowClientWidth, WindowClientHeight ORDER BY PageViews DESC, 1, 2 LIMIT 10 OFFSET 3;
SELECT DATE_TRUNC('minute', EventTime) AS M, COUNT(*) AS PageViews FROM hits WHERE CounterID = 62 AND EventDate >= '2013-07-14' AND EventDate <= '2013-07-15' AND IsRefresh = 0 AND DontCountHits = 0 GROUP BY DATE_TRUNC('minute', EventTime) ORDER BY DATE_TRUNC('minute', M) LIMIT 10 OFFSET 10;

-- A literal that fits Int64 is one beside signed numbers.
SELECT toTypeName(if(number % 2, 3594120000172545465, toInt64(1))), toTypeName([5000000000, -1]) FROM numbers(1);
SELECT toTypeName(x) FROM (SELECT 3594120000172545465 AS x UNION ALL SELECT toInt64(-1)) LIMIT 1;
DROP TABLE hits;
