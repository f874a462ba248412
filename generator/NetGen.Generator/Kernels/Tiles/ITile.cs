namespace NetGen.Generator;

/// <summary>A method or a type that several kernels share. Equal ones of a network are written once.</summary>
internal interface ITile
{
    string Name { get; }

    /// <summary>Writes it.</summary>
    void Emit(CodeWriter code, EmitOptions options);
}
