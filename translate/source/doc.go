// Package source reads mapping files: YAML with the line of everything in it, so that every refusal says where. It takes
// the part of YAML that reads in one way only. Aliases, tags, merges, several documents and scalars that two parsers
// could read differently are refused, and so a file is never larger in memory than it looks.
package source
