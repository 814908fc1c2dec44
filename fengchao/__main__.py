from fengchao.cli import main

main()
