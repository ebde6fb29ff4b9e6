# The manual page and the completions come from the program's own table of options, and the shipped
# rules are reachable beside the program in any build tree as they are in an installation.
set(generated ${CMAKE_BINARY_DIR}/share)
file(MAKE_DIRECTORY ${generated}/hearsay ${generated}/man/man1
  ${generated}/bash-completion/completions ${generated}/zsh/site-functions)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/rules ${generated}/hearsay/rules SYMBOLIC)

set(manual_page ${generated}/man/man1/hearsay.1)
set(bash_completion ${generated}/bash-completion/completions/hearsay)
set(zsh_completion ${generated}/zsh/site-functions/_hearsay)
add_custom_command(OUTPUT ${manual_page} ${bash_completion} ${zsh_completion}
  COMMAND hearsay internal man > ${manual_page}
  COMMAND hearsay internal bash > ${bash_completion}
  COMMAND hearsay internal zsh > ${zsh_completion}
  DEPENDS hearsay VERBATIM)
add_custom_target(hearsay_manual ALL DEPENDS ${manual_page} ${bash_completion} ${zsh_completion})

install(FILES ${manual_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${bash_completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${zsh_completion} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
