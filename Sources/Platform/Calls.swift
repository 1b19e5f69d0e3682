import CPlatform

/// read(2), under a name that a type's own `read` does not hide.
/// - Returns: bytes read, 0 at the end, -1 with `errno` set.
public func readDescriptor(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

/// write(2), under a name that a type's own `write` does not hide.
/// - Returns: bytes written, -1 with `errno` set.
public func writeDescriptor(_ descriptor: CInt, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}

/// rename(2), under a name that a type's own `rename` does not hide.
/// - Returns: 0, or -1 with `errno` set.
public func renamePath(_ old: String, _ new: String) -> CInt { rename(old, new) }

/// open(2) of a relative path that goes through no symbolic link and does not leave the folder.
/// - Returns: a descriptor, or -1 with `errno` set where the path does, or where the system cannot promise it.
public func openBeneath(_ folder: CInt, _ path: String, _ flags: CInt) -> CInt { cplatform_open_beneath(folder, path, flags) }

/// How many bytes more than it needs the heap asks the system for at a time, where the C library lets itself be told.
public func growHeap(by bytes: Int32) { cplatform_grow_heap_by(bytes) }

/// Sets a variable of this process's own environment, which processes that it starts inherit. Before other threads run, or not at all.
public func setEnvironmentVariable(_ name: String, _ value: String) { _ = setenv(name, value, 1) }
