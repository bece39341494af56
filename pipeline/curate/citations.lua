-- Formats the reading lists of all seminars in one process:
--   pandoc lua citations.lua < jobs.json > answers.jsonl
-- in:  {"style": "x.csl", "jobs": [{"id", "language", "bib", "keys", "foreign": {key: language}}]}
-- out: a line a job: {"id", "entries": [{"key", "html"}], "csljson": [...]}, entries and csljson in the order of "keys"
-- Starting pandoc costs more than formatting a short list, so all lists go through one start.

local NBSP = "\u{a0}"

local function fail(...)
  io.stderr:write("citations: ", string.format(...), "\n")
  os.exit(1)
end

-- Runs one step; where pandoc raises an error, says in which list.
local function attempt(job, what, step, ...)
  local ok, result = pcall(step, ...)
  if not ok then fail("job %s: %s: %s", job.id, what, tostring(result)) end
  return result
end

-- The reader speaks TeX, where # % $ _ are commands: a title with a bare "#10" would vanish without a word.
-- Our entries are plain text, so these signs are escaped in every field that has no backslash of its own.
-- Titles get one more pair of braces: English ones would be put in small letters otherwise.
local RAW = {url = true, doi = true, eprint = true, file = true}
local KEEP_CASE = {title = true, subtitle = true, titleaddon = true, origtitle = true, booktitle = true,
  eventtitle = true, series = true, note = true}

local function protect(name, equals, value)
  local field = name:lower()
  if not RAW[field] and not value:find("\\", 1, true) then value = value:gsub("[#%%$_]", "\\%0") end
  if KEEP_CASE[field] then value = "{" .. value .. "}" end
  return name .. equals .. value
end

-- Lists in one language share works, and reading is a third of the time: each entry, known by its whole text,
-- is read once. An entry with a missing brace is not found here, and is then reported as a missing key.
local known = {}

local function references(job)
  local text_of, fresh = {}, {}
  for kind, body in job.bib:gmatch("(@%a+%s*)(%b{})") do
    local key, text = body:match("^{%s*([^%s,}]+)"), kind .. body
    if key then
      text_of[key] = text
      if not known[text] then fresh[#fresh + 1] = text:gsub("([%w_]+)(%s*=%s*)(%b{})", protect) end
    end
  end
  if #fresh > 0 then
    local doc = attempt(job, "cannot read the entries", pandoc.read, table.concat(fresh, "\n"), "biblatex")
    for _, item in ipairs(doc.meta.references or {}) do known[text_of[pandoc.utils.stringify(item.id)]] = item end
  end
  local list, cites = {}, {}
  for i, key in ipairs(job.keys) do
    list[i] = text_of[key] and known[text_of[key]] or fail("job %s: no entry with the key %s", job.id, key)
    cites[i] = pandoc.Cite({}, {pandoc.Citation(key, "NormalCitation")})
  end
  return list, cites
end

-- No line may begin with : ; ? ! or a closing quotation mark, or with the number after "No.": titles are typed with
-- ordinary spaces. French also has a space before the semicolon between authors, which a style cannot know.
local function tidy(html, language)
  if language:find("^fr") then
    html = html:gsub("([^%s;]+); ", function(word)
      if not word:find("&%a+$") and word:sub(-2) ~= NBSP then return word .. NBSP .. "; " end
    end)
  end
  return (html:gsub(" ([:;?!])", NBSP .. "%1"):gsub(" »", NBSP .. "»")
    :gsub("(No%.) (%d)", "%1" .. NBSP .. "%2"):gsub("(n°) (%d)", "%1" .. NBSP .. "%2")
    :gsub("(n%.?º) (%d)", "%1" .. NBSP .. "%2"))
end

-- A title in another language than the list says so, for whoever has it read aloud; date and "p." around it are the
-- list's own.
local TITLES = {"title", "container-title", "collection-title"}

local function spoken(item, language)
  local copy = {}
  for name, value in pairs(item) do copy[name] = value end
  for _, name in ipairs(TITLES) do
    if language and copy[name] then copy[name] = pandoc.Inlines{pandoc.Span(copy[name], {lang = language})} end
  end
  return copy
end

-- All other spans are what is left of the braces round a title.
local PLAIN = {Span = function(span) if not span.attributes.lang then return span.content end end}

local function format(job, style)
  local list, cites = references(job)
  local read_aloud = {}
  for i, key in ipairs(job.keys) do read_aloud[i] = spoken(list[i], job.foreign[key]) end
  -- The style has no sort: the works come out in the order in which they are cited.
  local doc = pandoc.Pandoc({pandoc.Plain(cites)}, {references = list, csl = style, lang = job.language})
  local marked = pandoc.Pandoc(doc.blocks, {references = read_aloud, csl = style, lang = job.language})
  local cited = attempt(job, "cannot format the list", pandoc.utils.citeproc, marked):walk(PLAIN)

  -- One call of the writer for the whole list: each call costs as much as several entries.
  local html = {}
  for key, entry in pandoc.write(cited, "html", {wrap_text = "none"}):gmatch('<div id="ref%-([^"]+)"[^>]*>%s*(.-)%s*</div>') do
    html[key] = tidy(entry:gsub("^<p>", ""):gsub("</p>$", ""), job.language)
  end
  local entries = pandoc.List()
  for i, key in ipairs(job.keys) do
    if not html[key] then fail("job %s: nothing was printed for the key %s", job.id, key) end
    entries[i] = {key = key, html = html[key]}
  end
  return {id = job.id, entries = entries, csljson = pandoc.json.decode(pandoc.write(doc, "csljson"), false)}
end

local input = pandoc.json.decode(io.read("a"), false) or fail("the input is not JSON")
for _, job in ipairs(input.jobs) do
  io.write(pandoc.json.encode(format(job, input.style)), "\n")
  io.flush() -- a list is wanted as soon as it is ready
end
