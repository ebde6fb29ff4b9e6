# The character tables of the text module are generated from ICU and OpenCC while building, so that no
# copy of their data can grow old in this repository.
pkg_check_modules(OPENCC REQUIRED IMPORTED_TARGET opencc)

add_executable(tables_generate text/tables_generate.c)
target_include_directories(tables_generate PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(tables_generate PRIVATE PkgConfig::ICU PkgConfig::OPENCC hearsay_base)

set(text_tables ${CMAKE_CURRENT_BINARY_DIR}/text/tables_generated.c)
file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/text)
add_custom_command(OUTPUT ${text_tables}
  COMMAND tables_generate ${text_tables}
  DEPENDS tables_generate
  COMMENT "Generating the character tables"
  VERBATIM)
target_sources(hearsay_text PRIVATE ${text_tables})

# The index of the quantity tables, from the same table files that the module compiles.
add_executable(quantity_generate text/quantity_generate.c text/quantity_forms.c
  text/quantity_nouns_table.c text/quantity_numbers_table.c)
target_include_directories(quantity_generate PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(quantity_generate PRIVATE hearsay_base)

set(quantity_indices ${CMAKE_CURRENT_BINARY_DIR}/text/quantity_generated.c)
add_custom_command(OUTPUT ${quantity_indices}
  COMMAND quantity_generate ${quantity_indices}
  DEPENDS quantity_generate
  COMMENT "Generating the index of the quantity tables"
  VERBATIM)
target_sources(hearsay_text PRIVATE ${quantity_indices})
