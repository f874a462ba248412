using System.ComponentModel;

namespace NetGen;

/// <summary>Tells the constructor that leaves the weights at zero, for loading, from the one that draws them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Uninitialized;
