// What the platform brings: its C library, and of Foundation the part that carries no tables of languages and regions. The whole of
// Foundation makes a program four times as large and slower to start, so no file imports it by name.
#if canImport(Glibc)
@_exported import Glibc
#elseif canImport(Musl)
@_exported import Musl
#else
@_exported import Darwin
#endif

#if canImport(FoundationEssentials)
@_exported import FoundationEssentials
#else
@_exported import Foundation
#endif
