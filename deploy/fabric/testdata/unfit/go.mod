module unfit

go 1.26.0
