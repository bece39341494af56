-- Formats the reading lists of all seminars in one process:
--   pandoc lua citations.lua < jobs.json > out.json
-- in:  {"style": "x.csl", "jobs": [{"id", "language", "bib", "keys"}]}
-- out: [{"id", "entries": [{"key", "html"}], "csljson": [...]}], entries in the order of "keys".
-- Starting pandoc costs more than formatting a short list, so everybody's list goes through one start.

local NBSP = "\u{a0}"

local function fail(...)
  io.stderr:write("citations: ", string.format(...), "\n")
  os.exit(1)
end

-- The .bib reader speaks TeX, where # % $ _ are commands: a title with "#10" would vanish without a word.
-- Our file is plain text, so each field without a backslash gets these signs escaped. Titles are wrapped in
-- braces too: the reader would otherwise put English titles in small letters.
local RAW = {url = true, doi = true, eprint = true, file = true}
local KEEP_CASE = {title = true, booktitle = true, eventtitle = true, series = true,
  note = true, titleaddon = true, origtitle = true}

local function protect(name, equals, value)
  local field = name:lower()
  if not RAW[field] and not value:find("\\", 1, true) then
    value = value:gsub("[#%%$_]", "\\%0")
  end
  if KEEP_CASE[field] then value = "{" .. value .. "}" end
  return name .. equals .. value
end

-- Spans without a purpose: the braces come back as class "nocase", quoted titles as a span without attributes.
local function unwrap(span)
  local bare = span.identifier == "" and #span.attributes == 0
  if bare and (#span.classes == 0 or span.classes:includes("nocase")) then return span.content end
end

local function read_references(bib)
  local references = {}
  local text = bib:gsub("(%a+)(%s*=%s*)(%b{})", protect)
  for _, item in ipairs(pandoc.read(text, "biblatex").meta.references or {}) do
    references[pandoc.utils.stringify(item.id)] = item
  end
  return references
end

-- No line may begin with : ; ? ! or with the number after "No.". Titles are typed with ordinary spaces, and French
-- wants a space before the semicolon between authors, which the style cannot know.
local NUMBER_SIGN = {["No."] = true, ["Nos."] = true, ["n°"] = true, ["nº"] = true, ["n.º"] = true}

local function spacing(language)
  local french = language:find("^fr")
  return function(list)
    for i, x in ipairs(list) do
      if x.t == "Str" then
        local gap, before = list[i - 1], list[i - 2]
        if gap and gap.t == "Space" and (x.text:find("^[:;?!]") or x.text:find("^»")
            or before and NUMBER_SIGN[before.text] and x.text:find("^%d")) then
          list[i - 1] = pandoc.Str(NBSP)
        elseif french and x.text:find("[^;];$") then
          x.text = x.text:sub(1, -2) .. NBSP .. ";"
        end
      end
    end
    return list
  end
end

local HTML = pandoc.WriterOptions {wrap_text = "none"}

local function format(job, style)
  local references, chosen, cites = read_references(job.bib), {}, {}
  for _, key in ipairs(job.keys) do
    local item = references[key]
    if not item then fail("job %s: no entry with the key %s", job.id, key) end
    chosen[#chosen + 1] = item
    cites[#cites + 1] = pandoc.Cite({}, {pandoc.Citation(key, "NormalCitation")})
  end
  local meta = {references = chosen, csl = style, lang = job.language}
  local doc = pandoc.Pandoc({pandoc.Plain(cites)}, meta):walk {Span = unwrap}

  -- citeproc appends one division per work, its id made of "ref-" and the key.
  local html = {}
  local list = pandoc.utils.citeproc(doc).blocks:walk {Span = unwrap, Inlines = spacing(job.language)}
  for _, entry in ipairs(list[#list].content) do
    local plain = pandoc.Plain(pandoc.utils.blocks_to_inlines(entry.content))
    html[entry.identifier:sub(5)] = pandoc.write(pandoc.Pandoc({plain}), "html", HTML)
  end
  local entries = {}
  for i, key in ipairs(job.keys) do
    if not html[key] then fail("job %s: the style printed nothing for the key %s", job.id, key) end
    entries[i] = {key = key, html = html[key]}
  end
  return {id = job.id, entries = entries, csljson = pandoc.json.decode(pandoc.write(doc, "csljson"), false)}
end

local input = pandoc.json.decode(io.read("a"), false)
local out = {}
for i, job in ipairs(input.jobs) do out[i] = format(job, input.style) end
io.write(pandoc.json.encode(out), "\n")
