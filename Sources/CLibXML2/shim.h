#pragma once
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>

/// Gives back what libxml2 allocated; the function is a variable there, which Swift may not read.
static inline void clibxml2_free(void *memory) { xmlFree(memory); }
