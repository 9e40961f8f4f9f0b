"""A real browser enrols with its own WebCrypto, takes a package, verifies it and unpacks it."""

import pytest

from backend.accounts.auth import Role
from tests.chromium import chromium, served
from tests.people import desk_of

ENROL = """async code => {
    const kind = {name: 'ECDSA', namedCurve: 'P-256'}
    const keys = await crypto.subtle.generateKey(kind, false, ['sign', 'verify'])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey))
    const said = new TextEncoder().encode(`humiao-enrolment-v1\\n${code.replaceAll('-', '')}\\n`)
    const message = new Uint8Array([...said, ...spki])
    const signature = new Uint8Array(
        await crypto.subtle.sign({name: 'ECDSA', hash: 'SHA-256'}, keys.privateKey, message))
    const base64 = bytes => btoa(String.fromCharCode(...bytes))
    const answer = await fetch('/tablet/enrolment', {
        method: 'POST', headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({code, public_key: base64(spki), signature: base64(signature)})})
    return [answer.status, await answer.json()]
}"""
TAKE = """async ({token, key}) => {
    const bytes = text => Uint8Array.from(atob(text), one => one.charCodeAt(0))
    const shown = {Authorization: `Bearer ${token}`}
    const answer = await fetch('/api/v1/package', {headers: shown})
    const all = new Uint8Array(await answer.arrayBuffer())
    const end = all.indexOf(10)
    const head = JSON.parse(new TextDecoder().decode(all.subarray(0, end)))
    const manifest = bytes(head.manifest)
    const ours = await crypto.subtle.importKey(
        'spki', bytes(key), {name: 'ECDSA', namedCurve: 'P-256'}, false, ['verify'])
    const how = {name: 'ECDSA', hash: 'SHA-256'}
    const signed = await crypto.subtle.verify(how, ours, bytes(head.signature), manifest)
    const touched = await crypto.subtle.verify(how, ours, bytes(head.signature), manifest.with(9, 0))
    const found = {}, said = JSON.parse(new TextDecoder().decode(manifest))
    let at = end + 1, whole = true
    for (const one of said.sections) {
        const packed = all.slice(at, at += one.bytes)
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', packed))
        const hex = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
        whole &&= hex === one.sha256
        const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))
        found[one.name] = await new Response(stream).json()
    }
    return {status: answer.status, signed, touched, whole, names: found.venues.rows.name, law: !!found.law}
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def test_a_browser_enrols_and_takes_a_package_with_its_own_cryptography(
    app, browser, district, inspector, agency
):
    keeper = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)
    said = {"name": "x", "user_id": inspector}
    code = keeper.post("/api/v1/device-enrolments", json=said).json["code"]

    with served(app) as address:
        page = browser.new_page(base_url=address)
        page.goto("/static/mark.svg")
        status, enrolled = page.evaluate(ENROL, code)
        taken = page.evaluate(TAKE, {"token": enrolled["token"], "key": enrolled["package_key"]})
        page.close()

    assert status == 201
    assert taken == {
        "status": 200, "signed": True, "touched": False, "whole": True, "names": ["蓝星网吧", "无址网吧"],
        "law": True,
    }  # fmt: skip
