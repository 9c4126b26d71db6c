// Compiles the Solidity files that standard input names, one contract a file, of the file's name, and writes for each its
// ABI and its creation code below the folder that is the argument. Any warning is an error.
const fs = require("fs"), path = require("path"), solc = require("solc");

const settings = {
	optimizer: {enabled: true, runs: 1000000}, // a contract is made once and called for years
	viaIR: true,
	// The oldest fork that has what the contracts need: they run on consortium chains that lag behind as well.
	evmVersion: "paris",
	// No metadata behind the code: the same code whatever a comment says, and every byte of it an instruction or a constant.
	metadata: {appendCBOR: false, bytecodeHash: "none"},
	outputSelection: {"*": {"*": ["abi", "evm.bytecode.object"]}},
};

for(const file of fs.readFileSync(0, "utf8").trim().split("\n")) {
	const name = path.basename(file, ".sol");
	const input = {language: "Solidity", settings, sources: {[`${name}.sol`]: {content: fs.readFileSync(file, "utf8")}}};
	const output = JSON.parse(solc.compile(JSON.stringify(input)));
	for(const problem of output.errors ?? []) {
		process.exitCode = 1;
		console.error(`solc: ${file}: ${problem.formattedMessage}`);
	}
	const contract = output.contracts?.[`${name}.sol`]?.[name];
	if(!contract) throw new Error(`solc: ${file} has no contract ${name}`);
	const base = path.join(process.argv[2], path.dirname(file), name);
	fs.mkdirSync(path.dirname(base), {recursive: true});
	fs.writeFileSync(`${base}.abi.json`, JSON.stringify(contract.abi, null, 2) + "\n");
	fs.writeFileSync(`${base}.bin`, contract.evm.bytecode.object + "\n");
}
