// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Log of customs entries of a group of brokers
/// @notice Entries are events and nothing else: no contract reads them, so none are stored. A broker's software supplier
/// may send in its name; the event names the broker.
contract EntryLog {
    enum Unit { KILOGRAM, NUMBER, DOZEN, CUBIC_METRE }
    enum Transport { TRUCK, TRUCK_WITH_CONTAINER, RAIL, SHIP_WITH_CONTAINER, AIR }

    struct Importer {
        string name;
        bytes32 number; // of the Internal Revenue Service, as text
        bytes2 country;
    }

    struct Good {
        string text;
        bytes32 tariff; // ten digits, as text
        uint256 thousandths; // of the unit
        Unit unit;
        uint256 cents; // US dollars
        bytes2 origin;
        bytes32 program; // zero: none
        bool related; // buyer and seller
    }

    struct Declaration {
        bytes3 filer;
        bytes2 kind;
        string lodgedOn; // 11/20/2026
        string enteredOn;
        string arrivedOn;
        string exportedOn;
        bytes4 port;
        Transport transport;
        bytes2 shippedFrom;
        string waybill;
        bytes2 origin;
        Importer importer;
        uint256 cents;
        Good[] goods;
    }

    event Lodged(bytes32 indexed dossier, address indexed broker, string entryNumber, uint64 sent, Declaration declaration);
    event Corrected(bytes32 indexed dossier, address indexed broker, string entryNumber, uint64 sent, Declaration declaration);
    event Protested(bytes32 indexed dossier, address indexed broker, uint64 sent, string grounds);
    event Empowered(address indexed broker, address indexed supplier, bool may);

    error NotEmpowered(address broker, address supplier);
    error NoGoods();

    mapping(address => mapping(address => bool)) private suppliers;

    /// @notice Whether a supplier may send in the caller's name from now on.
    function empower(address supplier, bool may) external {
        suppliers[msg.sender][supplier] = may;
        emit Empowered(msg.sender, supplier, may);
    }

    function lodge(bytes32 dossier, address broker, string calldata entryNumber, Declaration calldata d) external {
        mayFor(broker);
        if (d.goods.length == 0) revert NoGoods();
        emit Lodged(dossier, broker, entryNumber, uint64(block.timestamp), d);
    }

    function correct(bytes32 dossier, address broker, string calldata entryNumber, Declaration calldata d) external {
        mayFor(broker);
        if (d.goods.length == 0) revert NoGoods();
        emit Corrected(dossier, broker, entryNumber, uint64(block.timestamp), d);
    }

    function protest(bytes32 dossier, address broker, string calldata grounds) external {
        mayFor(broker);
        emit Protested(dossier, broker, uint64(block.timestamp), grounds);
    }

    function mayFor(address broker) private view {
        if (msg.sender != broker && !suppliers[broker][msg.sender]) revert NotEmpowered(broker, msg.sender);
    }
}
