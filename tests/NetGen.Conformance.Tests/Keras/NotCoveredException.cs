namespace NetGen.Conformance.Tests.Keras;

/// <summary>Thrown by the check of a case that nothing in the library can express yet; the reason appears in the table.</summary>
internal sealed class NotCoveredException(string reason) : Exception(reason);
