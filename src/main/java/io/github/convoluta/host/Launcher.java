package io.github.convoluta.host;
public final class Launcher { public static void main(String[] a) {} }
