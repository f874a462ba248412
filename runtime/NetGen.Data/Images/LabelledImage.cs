namespace NetGen;

/// <summary>An image's file and its class's number.</summary>
internal readonly record struct LabelledImage(string Path, int Label);
