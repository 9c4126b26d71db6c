// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// @title Register of certificates of origin
/// @notice Exporters that the chamber of commerce has admitted keep their certificates here. A certificate stands under
/// its number; what replaces it overwrites it.
contract CertificateRegistry {
    enum Status { NONE, ISSUED, REPLACED, REVOKED }
    enum Treaty { NAFTA, CAFTA_DR, USMCA }
    enum Capacity { EXPORTER, PRODUCER, IMPORTER }

    struct Address {
        string street;
        string city;
        string province;
        string postcode;
        bytes2 country;
    }

    struct Company {
        string name;
        string taxNumber;
        Address seat;
        string mail;
    }

    struct Item {
        string goods;
        bytes32 tariff; // text, as all bytes32 here: 6 to 10 digits without dots
        bytes32 criterion;
        bytes32 partNumber; // zero: none
        bytes2 origin;
    }

    struct Person {
        string name;
        string position;
    }

    struct Certificate {
        Treaty treaty;
        Capacity capacity; // of whoever certifies
        Company certifier;
        string exporter; // empty: the certifier; so is the producer
        string producer;
        string customer; // empty: not known yet
        uint64 validFrom; // seconds since 1970, the first second of the day
        uint64 validUntil;
        uint64 signedOn;
        Person signatory;
        Item[] items;
    }

    struct Holding {
        Status status;
        uint64 changed;
        address holder;
        Certificate certificate;
    }

    event CertificateIssued(bytes32 indexed number, address indexed holder, Treaty treaty);
    event CertificateReplaced(bytes32 indexed number, address indexed holder);
    event CertificateRevoked(bytes32 indexed number, address indexed holder, string reason);
    event ExporterAdmitted(address indexed exporter, bytes32 member);

    error OnlyChamber();
    error NotAdmitted(address exporter);
    error NumberTaken(bytes32 number);
    error NotHolder(bytes32 number, address caller);
    error NotInForce(bytes32 number);
    error NothingCertified();

    address public immutable chamber;

    mapping(address => bytes32) public members;

    mapping(bytes32 => Holding) private holdings;

    constructor() {
        chamber = msg.sender;
    }

    /// @notice The chamber admits a member to certify, or strikes one off (member 0).
    function admit(address exporter, bytes32 member) external {
        if (msg.sender != chamber) revert OnlyChamber();
        members[exporter] = member;
        emit ExporterAdmitted(exporter, member);
    }

    function issue(bytes32 number, Certificate calldata c) external {
        if (members[msg.sender] == 0) revert NotAdmitted(msg.sender);
        if (holdings[number].status != Status.NONE) revert NumberTaken(number);
        put(number, Status.ISSUED, c);
        emit CertificateIssued(number, msg.sender, c.treaty);
    }

    function replace(bytes32 number, Certificate calldata c) external {
        mine(number);
        put(number, Status.REPLACED, c);
        emit CertificateReplaced(number, msg.sender);
    }

    function revoke(bytes32 number, string calldata reason) external {
        mine(number);
        holdings[number].status = Status.REVOKED;
        holdings[number].changed = uint64(block.timestamp);
        emit CertificateRevoked(number, msg.sender, reason);
    }

    /// @notice What stands under a number; reverts where nothing ever did.
    function holding(bytes32 number) external view returns (Holding memory) {
        if (holdings[number].status == Status.NONE) revert NotInForce(number);
        return holdings[number];
    }

    function mine(bytes32 number) private view {
        Holding storage h = holdings[number];
        if (h.status == Status.NONE || h.status == Status.REVOKED) revert NotInForce(number);
        if (h.holder != msg.sender) revert NotHolder(number, msg.sender);
    }

    function put(bytes32 number, Status status, Certificate calldata c) private {
        if (c.items.length == 0) revert NothingCertified();
        Holding storage h = holdings[number];
        h.status = status;
        h.changed = uint64(block.timestamp);
        h.holder = msg.sender;
        h.certificate = c;
    }
}
